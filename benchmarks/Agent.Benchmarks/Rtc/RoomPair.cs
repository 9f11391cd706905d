using System.Diagnostics;
using Agent.LiveKit.Rtc;

namespace Agent.Benchmarks.Rtc;

/// <summary>Two participants of one room, each with a voice and an ear.</summary>
internal sealed class RoomPair : IAsyncDisposable
{
    private readonly Side _a = new();
    private readonly Side _b = new();

    internal static async Task<RoomPair> JoinAsync(BenchmarkServer server, string name)
    {
        var pair = new RoomPair();
        name = $"benchmark-{name}-{Guid.NewGuid():N}";
        await pair._a.JoinAsync(server, name, "a");
        await pair._b.JoinAsync(server, name, "b");
        await pair._a.PublishAsync();
        await pair._b.PublishAsync();
        return pair;
    }

    /// <summary>Milliseconds from giving the first frame of a sound to reading it.</summary>
    internal async Task<List<double>> LatencyAsync(int rounds)
    {
        using var stop = new CancellationTokenSource();
        var ear = _b.EarAsync(stop.Token);
        var latencies = new List<double>();
        for (var i = 0; i < rounds; i++)
        {
            await _a.SayAsync(loud: false, frames: 50 + i);
            var given = Stopwatch.GetTimestamp();
            await _a.SayAsync(loud: true, frames: 10);
            await _a.SayAsync(loud: false, frames: 30);
            latencies.Add(Milliseconds(given, _b.FirstLoudAfter(given)));
        }

        await stop.CancelAsync();
        await ear;
        return latencies;
    }

    /// <summary>Milliseconds from a clear in the midst of a sound to the last loud frame at the listener.</summary>
    internal async Task<List<double>> SilenceAsync(int rounds)
    {
        using var stop = new CancellationTokenSource();
        var ear = _b.EarAsync(stop.Token);
        var latencies = new List<double>();
        for (var i = 0; i < rounds; i++)
        {
            await _a.SayAsync(loud: true, frames: 50 + i);
            _a.Clear();
            var cleared = Stopwatch.GetTimestamp();
            await _a.SayAsync(loud: false, frames: 50);
            latencies.Add(Math.Max(0, Milliseconds(cleared, _b.LastLoud)));
        }

        await stop.CancelAsync();
        await ear;
        return latencies;
    }

    /// <summary>Both talk at a time.</summary>
    /// <returns>Frames sent and received.</returns>
    internal async Task<long> TalkAsync(TimeSpan time)
    {
        using var stop = new CancellationTokenSource();
        var before = _a.Heard + _b.Heard;
        var ears = Task.WhenAll(_a.EarAsync(stop.Token), _b.EarAsync(stop.Token));
        var frames = (int)(time.TotalMilliseconds / 10);
        await Task.WhenAll(_a.SayAsync(loud: true, frames), _b.SayAsync(loud: true, frames));
        await stop.CancelAsync();
        await ears;
        return (2 * frames) + _a.Heard + _b.Heard - before;
    }

    public async ValueTask DisposeAsync()
    {
        await _a.DisposeAsync();
        await _b.DisposeAsync();
    }

    private static double Milliseconds(long from, long to) => Stopwatch.GetElapsedTime(from, to).TotalMilliseconds;

    private sealed class Side : IAsyncDisposable
    {
        private static readonly short[] s_silence = new short[240];
        private readonly TaskCompletionSource<RemoteAudioTrack> _heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly AudioSource _source = new();
        private readonly Room _room = new();
        private readonly short[] _tone = new short[240];
        private readonly List<long> _loud = new(100_000);
        private LocalAudioTrack? _track;

        internal long Heard { get; private set; }

        internal long LastLoud
        {
            get
            {
                lock (_loud)
                    return _loud[^1];
            }
        }

        internal async Task JoinAsync(BenchmarkServer server, string name, string identity)
        {
            for (var i = 0; i < _tone.Length; i++)
                _tone[i] = (short)(12_000 * Math.Sin(2 * Math.PI * 500 * i / 24_000));
            _room.TrackSubscribed += (_, e) => _heard.TrySetResult((RemoteAudioTrack)e.Track);
            await _room.ConnectAsync(server.Url, server.Token(name, identity));
            _track = LocalAudioTrack.Create("voice", _source);
        }

        internal async Task PublishAsync()
        {
            var publication = await _room.LocalParticipant.PublishTrackAsync(_track!);
            await publication.FirstSubscription.WaitAsync(TimeSpan.FromSeconds(30));
        }

        internal async Task SayAsync(bool loud, int frames)
        {
            for (var i = 0; i < frames; i++)
                await _source.WriteAsync(loud ? _tone : s_silence, CancellationToken.None);
        }

        internal void Clear() => _source.Clear();

        internal long FirstLoudAfter(long timestamp)
        {
            lock (_loud)
                return _loud.Find(loud => loud > timestamp);
        }

        internal async Task EarAsync(CancellationToken cancellationToken)
        {
            var track = await _heard.Task.WaitAsync(TimeSpan.FromSeconds(30), CancellationToken.None);
            using var stream = track.OpenStream();
            try
            {
                await foreach (var frame in stream.ReadAsync(cancellationToken))
                {
                    Heard++;
                    var isLoud = frame.Samples.Span.ContainsAnyExceptInRange((short)-3_000, (short)3_000);
                    frame.Dispose();
                    if (!isLoud)
                        continue;
                    lock (_loud)
                        _loud.Add(Stopwatch.GetTimestamp());
                }
            }
            catch (OperationCanceledException)
            {
                // That is how it is stopped.
            }
        }

        public async ValueTask DisposeAsync()
        {
            await _room.DisposeAsync();
            await _source.DisposeAsync();
            _track?.Dispose();
        }
    }
}
