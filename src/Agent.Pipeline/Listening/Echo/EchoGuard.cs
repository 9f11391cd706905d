using Agent.Pipeline.Turns;

namespace Agent.Pipeline.Listening.Echo;

/// <summary>Knows what the room has heard of the agent lately, to tell it when it comes back through somebody's microphone. Belongs to the session's loop.</summary>
internal sealed class EchoGuard
{
    // Longer than any segment whose end is still near the agent's voice.
    private static readonly TimeSpan s_memory = TimeSpan.FromSeconds(30);

    private readonly List<HeardWord> _sent = [];

    /// <summary>The room has heard words of the agent.</summary>
    internal void Sent(string words, TimeSpan now)
    {
        _sent.RemoveAll(word => word.At < now - s_memory);
        foreach (var word in SpokenWords.Split(words))
            _sent.Add(new HeardWord(word, now));
    }

    /// <summary>Whether what was understood of somebody is the agent's own voice.</summary>
    internal bool IsEcho(string text, TimeSpan start, TimeSpan end) => _sent.Count > 0 && EchoMatch.IsEcho(SpokenWords.Split(text), start, end, _sent);
}
