using Agent.Pipeline.Audio;

namespace Agent.Pipeline.Realtime;

/// <summary>
/// The user's voice on its way to the model. What was said last is kept, so that a turn begins a moment before it was noticed and a connection that was lost in
/// the middle of a turn hears it again. Where the session ends turns the model hears nothing between them. The audio loop writes, the session's loop commands.
/// </summary>
internal sealed class RealtimeInput
{
    private const int SampleRateHz = 16_000;
    private const int Kept = 15 * SampleRateHz;
    private const int Block = 1_600;

    // A voice is noticed a little after it began.
    private static readonly TimeSpan s_onset = TimeSpan.FromSeconds(0.3);

    private readonly Lock _gate = new();
    private readonly bool _isContinuous;
    private readonly short[] _recent = new short[Kept];
    private readonly short[] _block = new short[Block];
    private readonly short[] _resampled;
    private readonly Resampler _resampler;
    private IRealtimeConnection? _connection;
    private long _end;
    private long _turnStart;
    private long _settled;
    private bool _isOpen;

    /// <param name="sampleRateHz">What the model takes.</param>
    /// <param name="isContinuous">Whether the model hears everything, because it ends turns itself.</param>
    internal RealtimeInput(int sampleRateHz, bool isContinuous)
    {
        _isContinuous = isContinuous;
        _resampler = new Resampler(SampleRateHz, sampleRateHz);
        _resampled = new short[_resampler.MaxOutput(Block)];
    }

    /// <summary>Takes the next samples at 16 kHz.</summary>
    internal void Push(ReadOnlySpan<short> samples)
    {
        lock (_gate)
        {
            var place = (int)(_end % Kept);
            var first = Math.Min(samples.Length, Kept - place);
            samples[..first].CopyTo(_recent.AsSpan(place));
            samples[first..].CopyTo(_recent);
            _end += samples.Length;
            if (_isContinuous || _isOpen)
                Send(samples);
        }
    }

    /// <summary>A turn of the user has begun.</summary>
    /// <param name="ago">How long ago it did.</param>
    internal void Begin(TimeSpan ago)
    {
        lock (_gate)
        {
            _turnStart = Math.Max(_settled, _end - Samples(ago + s_onset));
            if (_isContinuous || _isOpen)
                return;
            _isOpen = true;
            Replay();
        }
    }

    /// <summary>The turn is over: what follows belongs to the next.</summary>
    internal void End()
    {
        lock (_gate)
        {
            _isOpen = false;
            _settled = _end;
        }
    }

    /// <summary>Feeds another connection from now on.</summary>
    /// <param name="connection">Null while there is none.</param>
    /// <param name="replay">Whether it has to hear the last turn, as far as it was said.</param>
    internal void Attach(IRealtimeConnection? connection, bool replay)
    {
        lock (_gate)
        {
            _connection = connection;
            _resampler.Reset();
            if (connection is not null && replay)
                Replay();
        }
    }

    private static long Samples(TimeSpan duration) => (long)(duration.TotalSeconds * SampleRateHz);

    private void Replay()
    {
        for (var at = Math.Max(_turnStart, _end - Kept); at < _end;)
        {
            var place = (int)(at % Kept);
            var count = (int)Math.Min(Math.Min(Block, _end - at), Kept - place);
            _recent.AsSpan(place, count).CopyTo(_block);
            Send(_block.AsSpan(0, count));
            at += count;
        }
    }

    private void Send(ReadOnlySpan<short> samples)
    {
        if (_connection is not { } connection)
            return;
        for (; !samples.IsEmpty; samples = samples[Math.Min(Block, samples.Length)..])
        {
            var count = _resampler.Process(samples[..Math.Min(Block, samples.Length)], _resampled);
            connection.Push(_resampled.AsSpan(0, count));
        }
    }
}
