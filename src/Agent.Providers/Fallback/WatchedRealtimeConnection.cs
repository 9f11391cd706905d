using System.Runtime.CompilerServices;
using Agent.Pipeline.Errors;
using Agent.Pipeline.History;
using Agent.Pipeline.Realtime;
using Agent.Pipeline.Realtime.Events;
using Agent.Providers.Vendors;

namespace Agent.Providers.Fallback;

/// <summary>A connection of one model of a list: how it fares is how the model does. It ends with an answer that fails before it has begun, so that the next model makes it.</summary>
/// <param name="connection">The model's own.</param>
/// <param name="provider">The model's name.</param>
/// <param name="health">How the model fares.</param>
/// <param name="hasNext">Whether another model is well.</param>
internal sealed class WatchedRealtimeConnection(IRealtimeConnection connection, string provider, ProviderHealth health, Func<bool> hasNext) : IRealtimeConnection
{
    private string? _begun;

    public void Begin(RealtimeSetup setup) => connection.Begin(setup);

    public void Push(ReadOnlySpan<short> samples) => connection.Push(samples);

    public void Commit() => connection.Commit();

    public void Clear() => connection.Clear();

    public void Check() => connection.Check();

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
            if (events.Current is RealtimeAnswerEnded { Error: { } error } ended)
            {
                health.Failed(error);
                if (!string.Equals(_begun, ended.RequestId, StringComparison.Ordinal) && error.Kind != ProviderErrorKind.Content && hasNext())
                    throw VendorErrors.Again(error, isTransient: true);
            }
            else if (events.Current is RealtimeAnswerEvent answer)
            {
                _begun = answer.RequestId;
                health.Succeeded();
            }

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
            throw error.IsTransient || !hasNext() ? error : VendorErrors.Again(error, isTransient: true);
        }
    }
}
