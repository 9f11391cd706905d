using Agent.Pipeline.Audio;
using Agent.Pipeline.Speech;

namespace Agent.Pipeline.Listening;

/// <summary>One connection to a recogniser: from where on it hears, how far it was given the audio, and which answers it owes. Guarded by its recogniser.</summary>
internal sealed class RecogniserConnection
{
    private const int SampleRateHz = 16_000;
    private const int Block = 320;

    private readonly Queue<(long UpTo, TimeSpan At)> _flushes = new();
    private readonly long _origin;
    private readonly Resampler _resampler;
    private readonly short[] _resampled;

    /// <summary>Begins to feed a connection.</summary>
    /// <param name="stream">The connection.</param>
    /// <param name="sampleRateHz">Samples per second that it hears.</param>
    /// <param name="origin">The first sample at 16 kHz that it hears; its results count from there.</param>
    internal RecogniserConnection(ISpeechToTextStream stream, int sampleRateHz, long origin)
    {
        Stream = stream;
        Next = _origin = origin;
        _resampler = new Resampler(SampleRateHz, sampleRateHz);
        _resampled = new short[_resampler.MaxOutput(Block)];
    }

    internal ISpeechToTextStream Stream { get; }

    /// <summary>The next sample to be given to it.</summary>
    internal long Next { get; private set; }

    /// <summary>Up to where interim results were shown over the connection before, which are not settled yet.</summary>
    internal long ShownBefore { get; set; }

    /// <summary>Whether it has given anything that stands: final words, the end of a turn, the answer to a flush.</summary>
    internal bool HasAnswered { get; private set; }

    /// <summary>When it last sent anything, or was opened.</summary>
    internal TimeSpan HeardFromAt { get; set; }

    /// <summary>How many answers it owes.</summary>
    internal int Owed => _flushes.Count;

    /// <summary>Since when it is to answer and has sent nothing; null while nothing is owed.</summary>
    internal TimeSpan? WaitingSince => _flushes.TryPeek(out var flush) ? (flush.At > HeardFromAt ? flush.At : HeardFromAt) : null;

    /// <summary>The sample of a time in its results.</summary>
    internal long Sample(TimeSpan time) => _origin + (long)(time.TotalSeconds * SampleRateHz);

    /// <summary>Gives it the audio that it has not heard, up to a number of samples.</summary>
    internal void Feed(UnsettledAudio audio, int most)
    {
        for (var left = Math.Min(most, (int)(audio.End - Next)); left > 0;)
        {
            var samples = audio.From(Next, Math.Min(left, Block));
            var count = _resampler.Process(samples, _resampled);
            Stream.Push(_resampled.AsSpan(0, count));
            Next += samples.Length;
            left -= samples.Length;
        }
    }

    /// <summary>Asks for the last words of what it was given.</summary>
    internal void Flush(TimeSpan now)
    {
        _flushes.Enqueue((Next, now));
        Stream.Flush();
    }

    /// <summary>It has sent a result.</summary>
    internal void Heard(Transcript transcript, TimeSpan now)
    {
        HeardFromAt = now;

        // Not for an interim: a recogniser that fails behind its first words each time would be asked again without a pause.
        HasAnswered |= transcript.Kind != TranscriptKind.Interim;
    }

    /// <summary>It has answered the oldest flush.</summary>
    /// <returns>Up to where; null when it owes nothing.</returns>
    internal long? TakeFlush() => _flushes.TryDequeue(out var flush) ? flush.UpTo : null;
}
