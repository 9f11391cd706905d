using System.Runtime.CompilerServices;
using Agent.Pipeline.History;
using Agent.Pipeline.Realtime;
using Agent.Pipeline.Realtime.Events;

namespace Agent.Providers.Fallback;

/// <summary>A connection of one model of a list: how it fares is how the model does.</summary>
internal sealed class WatchedRealtimeConnection(IRealtimeConnection connection, string provider, ProviderHealth health) : IRealtimeConnection
{
    public void Begin(RealtimeSetup setup) => connection.Begin(setup);

    public void Push(ReadOnlySpan<short> samples) => connection.Push(samples);

    public void Commit() => connection.Commit();

    public void Clear() => connection.Clear();

    public void Add(HistoryItem item) => connection.Add(item);

    public void Remove(string itemId) => connection.Remove(itemId);

    public void AddToolResult(string callId, string result) => connection.AddToolResult(callId, result);

    public void Respond(RealtimeRequest request) => connection.Respond(request);

    public void Cancel(string requestId) => connection.Cancel(requestId);

    public void Truncate(string itemId, TimeSpan heard) => connection.Truncate(itemId, heard);

    public async IAsyncEnumerable<RealtimeEvent> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var events = connection.ReadAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await NextAsync(events, cancellationToken))
        {
            if (events.Current is RealtimeAnswerEnded { Error: { } error })
                health.Failed(error);
            else if (events.Current is RealtimeAnswerEvent)
                health.Succeeded();
            yield return events.Current;
        }
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private async ValueTask<bool> NextAsync(IAsyncEnumerator<RealtimeEvent> events, CancellationToken cancellationToken)
    {
        try
        {
            return await events.MoveNextAsync();
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            var error = FallbackErrors.Of(provider, e);
            health.Failed(error);
            throw error;
        }
    }
}
