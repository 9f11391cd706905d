using Agent.Pipeline.Realtime;
using Agent.Pipeline.Realtime.Events;

namespace Agent.Tests.Providers.Contracts;

/// <summary>One connection to a speech-to-speech model, as a test talks over it.</summary>
internal sealed class RealtimeTalk : IAsyncDisposable
{
    private readonly RealtimeCapabilities _capabilities;
    private readonly CancellationTokenSource _limit;
    private readonly IAsyncEnumerator<RealtimeEvent> _events;

    private RealtimeTalk(IRealtimeConnection connection, RealtimeCapabilities capabilities, CancellationTokenSource limit)
    {
        Connection = connection;
        _capabilities = capabilities;
        _limit = limit;
        _events = connection.ReadAsync(limit.Token).GetAsyncEnumerator(limit.Token);
    }

    public IRealtimeConnection Connection { get; }

    /// <summary>Everything that was read.</summary>
    public List<RealtimeEvent> Seen { get; } = [];

    public static async Task<RealtimeTalk> BeginAsync(IRealtimeModel model, RealtimeSetup setup, TimeSpan patience, CancellationToken cancellationToken)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        var connection = await model.OpenAsync(limit.Token);
        connection.Begin(setup);
        return new RealtimeTalk(connection, model.Capabilities, limit);
    }

    /// <summary>Makes a sound that is loud enough to be a voice.</summary>
    public void Speak(double seconds) => Push(seconds, i => (short)(8_000 * Math.Sin(2 * Math.PI * 220 * i / _capabilities.InputSampleRateHz)));

    public void Silence(double seconds) => Push(seconds, _ => 0);

    /// <summary>Reads on until something of a kind comes.</summary>
    public async Task<T> ReadToAsync<T>(Func<T, bool>? isIt = null)
        where T : RealtimeEvent
    {
        while (await _events.MoveNextAsync())
        {
            Seen.Add(_events.Current);
            if (_events.Current is T it && isIt?.Invoke(it) != false)
                return it;
        }

        throw new InvalidOperationException($"The connection ended without a {typeof(T).Name}.");
    }

    /// <summary>Reads on until an answer is over.</summary>
    /// <returns>Everything that was read so far.</returns>
    public async Task<IReadOnlyList<RealtimeEvent>> ReadToAnswerAsync(string request)
    {
        await ReadToAsync<RealtimeAnswerEnded>(e => e.RequestId == request);
        return Seen;
    }

    public async ValueTask DisposeAsync()
    {
        await _events.DisposeAsync();
        await Connection.DisposeAsync();
        _limit.Dispose();
    }

    /// <summary>Lets the model hear something, 10 ms at a time.</summary>
    public void Push(ReadOnlySpan<short> samples)
    {
        var frame = _capabilities.InputSampleRateHz / 100;
        for (; !samples.IsEmpty; samples = samples[Math.Min(frame, samples.Length)..])
            Connection.Push(samples[..Math.Min(frame, samples.Length)]);
    }

    private void Push(double seconds, Func<int, short> sample)
    {
        var samples = new short[(int)(seconds * _capabilities.InputSampleRateHz)];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = sample(i);
        Push(samples);
    }
}
