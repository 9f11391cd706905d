using Agent.Pipeline.Audio;
using Agent.Pipeline.Errors;
using Agent.Pipeline.Sessions;
using Agent.Pipeline.Speech;

namespace Agent.Pipeline.Listening;

/// <summary>
/// One participant's speech on its way to text, over as many connections to the recogniser as it takes. Audio goes in from the audio loop,
/// results come out of a loop of its own; what is heard while no connection is there is kept and given to the next.
/// </summary>
internal sealed class Recogniser
{
    private const int KeptSamples = 5 * 16_000;

    private static readonly TimeSpan[] s_delays = [TimeSpan.FromSeconds(0.1), TimeSpan.FromSeconds(2)];

    private readonly ISpeechToText _provider;
    private readonly SessionClock _clock;
    private readonly IRecogniserListener _listener;
    private readonly Resampler _resampler;
    private readonly short[] _resampled;
    private readonly short[] _kept = new short[KeptSamples];
    private int _keptCount;
    private long _keptPosition;
    private Connection? _connection;
    private Connection? _fed;

    internal Recogniser(ISpeechToText provider, SessionClock clock, IRecogniserListener listener)
    {
        _provider = provider;
        _clock = clock;
        _listener = listener;
        _resampler = new Resampler(16_000, provider.Capabilities.SampleRateHz);
        _resampled = new short[_resampler.MaxOutput(512)];
    }

    /// <summary>Takes the next samples at 16 kHz; called from the audio loop only.</summary>
    internal void Push(ReadOnlySpan<short> samples, long position)
    {
        var connection = Volatile.Read(ref _connection);
        if (connection is null)
        {
            Keep(samples, position);
            return;
        }

        if (!ReferenceEquals(connection, _fed))
        {
            _fed = connection;
            _resampler.Reset();
            for (var done = 0; done < _keptCount; done += 160)
                Feed(connection, _kept.AsSpan(done, Math.Min(160, _keptCount - done)), _keptPosition + done);
            _keptCount = 0;
        }

        Feed(connection, samples, position);
    }

    /// <summary>Asks for the final words of everything pushed so far; false when nobody can answer.</summary>
    internal bool TryFlush()
    {
        return Volatile.Read(ref _connection)?.TryFlush() ?? false;
    }

    /// <summary>Keeps a connection and reads its results until cancelled.</summary>
    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        for (var failures = 0; !cancellationToken.IsCancellationRequested; failures++)
        {
            Connection? connection = null;
            try
            {
                await using var stream = await _provider.OpenAsync(cancellationToken);
                connection = new Connection(stream);
                Volatile.Write(ref _connection, connection);
                await foreach (var transcript in stream.ReadAsync(cancellationToken))
                {
                    failures = 0;
                    if (transcript.Kind == TranscriptKind.Flushed)
                        connection.OnFlushed();
                    _listener.OnTranscript(transcript, connection.Clock);
                }
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                _listener.OnRecogniserFailed(e as ProviderException ?? new ProviderException(
                    _provider.Name, ProviderErrorKind.Protocol, $"The recogniser {_provider.Name} failed unexpectedly: {e.Message}", isTransient: true, e));
            }
            finally
            {
                Volatile.Write(ref _connection, null);
            }

            // Whoever waits for the last words of a connection that is gone need not wait any longer.
            for (var owed = connection?.End() ?? 0; owed > 0 && !cancellationToken.IsCancellationRequested; owed--)
                _listener.OnTranscript(new Transcript { Kind = TranscriptKind.Flushed }, connection!.Clock);

            await Task.Delay(s_delays[Math.Min(failures, s_delays.Length - 1)], _clock.Provider, cancellationToken);
        }
    }

    private void Keep(ReadOnlySpan<short> samples, long position)
    {
        if (_keptCount + samples.Length > KeptSamples || (_keptCount > 0 && position != _keptPosition + _keptCount))
            _keptCount = 0;
        if (_keptCount == 0)
            _keptPosition = position;
        samples.CopyTo(_kept.AsSpan(_keptCount));
        _keptCount += samples.Length;
    }

    private void Feed(Connection connection, ReadOnlySpan<short> samples, long position)
    {
        if (connection.Next != position)
            connection.Clock.Jump(connection.Pushed, position);
        connection.Pushed += samples.Length;
        connection.Next = position + samples.Length;
        var count = _resampler.Process(samples, _resampled);
        connection.Stream.Push(_resampled.AsSpan(0, count));
    }

    private sealed class Connection(ISpeechToTextStream stream)
    {
        private readonly Lock _gate = new();
        private int _owed;
        private bool _isOver;

        internal ISpeechToTextStream Stream { get; } = stream;

        internal RecogniserClock Clock { get; } = new();

        internal long Pushed { get; set; }

        internal long Next { get; set; } = -1;

        internal bool TryFlush()
        {
            lock (_gate)
            {
                if (_isOver)
                    return false;
                _owed++;
            }

            Stream.Flush();
            return true;
        }

        internal void OnFlushed()
        {
            lock (_gate)
                _owed--;
        }

        /// <summary>Nothing is answered any more.</summary>
        /// <returns>How many answers it owed.</returns>
        internal int End()
        {
            lock (_gate)
            {
                _isOver = true;
                return _owed;
            }
        }
    }
}
