using Agent.Pipeline.Ledger;

namespace Agent.Playground.Check;

/// <summary>What the agent's own sessions measured, to be set beside what was heard.</summary>
internal sealed class AgentLedger
{
    private readonly Lock _lock = new();
    private readonly List<TurnEntry> _entries = [];

    internal int Count
    {
        get
        {
            lock (_lock)
                return _entries.Count;
        }
    }

    internal void Add(TurnEntry entry)
    {
        lock (_lock)
            _entries.Add(entry);
    }

    internal IReadOnlyList<TurnEntry> After(int count)
    {
        lock (_lock)
            return [.. _entries.Skip(count)];
    }
}
