using Agent.Pipeline.History;
using Agent.Pipeline.Sessions;
using Microsoft.Extensions.AI;

namespace Agent.Pipeline.Replies;

/// <summary>Runs the tools that a model calls for one utterance, and tells how they end.</summary>
internal sealed class ToolRunner
{
    private readonly AgentDefinition _agent;
    private readonly SessionClock _clock;
    private readonly IReplyListener _listener;
    private readonly string _speechId;
    private readonly Task _floor;

    /// <param name="agent">Whose tools.</param>
    /// <param name="clock">The session's clock.</param>
    /// <param name="listener">Learns how it goes.</param>
    /// <param name="speechId">The utterance that the answer will be.</param>
    /// <param name="floor">Completes when the answer is certain to be wanted, and is cancelled with it; tools that change anything wait for it.</param>
    internal ToolRunner(AgentDefinition agent, SessionClock clock, IReplyListener listener, string speechId, Task floor)
    {
        _agent = agent;
        _clock = clock;
        _listener = listener;
        _speechId = speechId;
        _floor = floor;
    }

    /// <summary>Runs one tool; a failure is a result.</summary>
    internal async Task<FunctionResultContent> RunAsync(FunctionCallContent call, CancellationToken sessionToken)
    {
        var tool = _agent.Tools.OfType<AIFunction>().FirstOrDefault(f => string.Equals(f.Name, call.Name, StringComparison.Ordinal));
        if (tool is not null && !ReadOnlyTools.IsReadOnly(tool))
            await _floor;
        var at = _clock.Now;
        var arguments = call.Arguments ?? new Dictionary<string, object?>(StringComparer.Ordinal);
        _listener.OnToolCalling(new RunningTool(call.CallId, at, call.Name, arguments.AsReadOnly()));
        ToolScope.Enter(_speechId);
        object? result;
        var failed = false;
        try
        {
            result = tool is null
                ? $"There is no tool named {call.Name}."
                : await tool.InvokeAsync(new AIFunctionArguments(arguments, StringComparer.Ordinal), sessionToken);
            failed = tool is null;
        }
        catch (Exception e) when (!sessionToken.IsCancellationRequested)
        {
            // The model is told, so that it can say so or try something else; the application is told with all details.
            _listener.OnToolFailed(e);
            result = $"The tool failed: {e.Message}";
            failed = true;
        }

        _listener.OnToolCalled(new ToolCall(call.CallId, at, call.Name, arguments.AsReadOnly(), result, failed));
        return new FunctionResultContent(call.CallId, result);
    }
}
