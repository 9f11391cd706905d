using Agent.Pipeline.Sessions;

namespace Agent.Pipeline.Replies;

/// <summary>Knows inside a tool which answer has called it, however deep the tool is when it asks.</summary>
internal static class ToolScope
{
    private static readonly AsyncLocal<string?> s_caller = new();

    /// <summary>Everything that the current asynchronous method does from now on is done for an answer.</summary>
    internal static void Enter(string speechId) => s_caller.Value = speechId;

    internal static void Check(SpeechHandle handle)
    {
        if (handle.Outcome is null && string.Equals(s_caller.Value, handle.Id, StringComparison.Ordinal))
            throw new InvalidOperationException($"A tool waits for {handle.Id}, which has called the tool and cannot end before it does: return from the tool, and wait elsewhere.");
    }
}
