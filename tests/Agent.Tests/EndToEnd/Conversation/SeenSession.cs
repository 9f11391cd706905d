using System.Collections.Concurrent;
using Agent.Pipeline.History;
using Agent.Pipeline.Ledger;
using Agent.Pipeline.Sessions.Events;
using Agent.Worker.Agents;

namespace Agent.Tests.EndToEnd.Conversation;

/// <summary>What the agent itself knows of its conversation.</summary>
internal sealed class SeenSession
{
    private readonly ConcurrentQueue<SessionEvent> _events = new();

    public IReadOnlyList<HistoryItem> History => [.. _events.OfType<HistoryChanged>().Select(changed => changed.Item)];

    public IReadOnlyList<TurnEntry> Turns => [.. _events.OfType<TurnEnded>().Select(ended => ended.Entry)];

    public void Watch(AgentOptions agent)
    {
        var before = agent.OnEvent;
        agent.OnEvent = (job, happened) =>
        {
            before?.Invoke(job, happened);
            _events.Enqueue(happened);
        };
    }

    public override string ToString() => string.Join(Environment.NewLine, _events.Select(happened => happened switch
    {
        TurnEnded ended => $"{happened.At}: {ended.Entry.Cause} {ended.Entry.Outcome}: {string.Join(", ", ended.Entry.Decisions)}",
        HistoryChanged changed => $"{happened.At}: {changed.Item}",
        UserTranscribed user => $"{happened.At}: {user.Caption}",
        _ => $"{happened.At}: {happened.GetType().Name}",
    }));
}
