using System.Text;

namespace Agent.Playground.Check;

/// <summary>The captions of a room by segment, in the order in which the segments began. The newest stream of a segment is its text. Safe to use from any thread.</summary>
internal sealed class CaptionLog
{
    private readonly Lock _lock = new();
    private readonly List<(string Segment, bool OfAgent, Entry Entry)> _entries = [];

    internal IReadOnlyList<string> OfAgent => Texts(ofAgent: true);

    internal IReadOnlyList<string> OfCaller => Texts(ofAgent: false);

    /// <summary>Begins a segment, or a better version of it.</summary>
    internal Entry Open(string segment, bool ofAgent)
    {
        var entry = new Entry(_lock);
        lock (_lock)
        {
            var index = _entries.FindIndex(known => known.OfAgent == ofAgent && string.Equals(known.Segment, segment, StringComparison.Ordinal));
            if (index < 0)
                _entries.Add((segment, ofAgent, entry));
            else
                _entries[index] = (segment, ofAgent, entry);
        }

        return entry;
    }

    private List<string> Texts(bool ofAgent)
    {
        lock (_lock)
            return [.. _entries.Where(entry => entry.OfAgent == ofAgent).Select(entry => entry.Entry.Text.ToString())];
    }

    /// <summary>One stream of captions.</summary>
    internal sealed class Entry(Lock gate)
    {
        internal StringBuilder Text { get; } = new();

        internal void Append(string piece)
        {
            lock (gate)
                Text.Append(piece);
        }
    }
}
