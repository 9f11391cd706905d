using Agent.Pipeline.Speech;

namespace Agent.Pipeline.Listening;

/// <summary>One connection to a recogniser: from where on it hears, how far it was given the audio, and which answers it owes. Guarded by its recogniser.</summary>
/// <param name="stream">The connection.</param>
/// <param name="origin">The first sample that it hears; its results count from there.</param>
internal sealed class RecogniserConnection(ISpeechToTextStream stream, long origin)
{
    private readonly Queue<(long Upto, TimeSpan At)> _flushes = new();

    internal ISpeechToTextStream Stream => stream;

    internal long Origin { get; } = origin;

    /// <summary>The next sample to be given to it.</summary>
    internal long Next { get; set; } = origin;

    /// <summary>Up to where interim results were shown over the connection before, which are not settled yet.</summary>
    internal long ShownBefore { get; set; }

    /// <summary>Whether it has given anything that stands: final words, the end of a turn, the answer to a flush.</summary>
    internal bool HasAnswered { get; set; }

    /// <summary>When it last sent anything, or was opened.</summary>
    internal TimeSpan HeardFromAt { get; set; }

    /// <summary>How many answers it owes.</summary>
    internal int Owed => _flushes.Count;

    /// <summary>Since when it is to answer and has sent nothing; null while nothing is owed.</summary>
    internal TimeSpan? WaitingSince => _flushes.TryPeek(out var flush) ? (flush.At > HeardFromAt ? flush.At : HeardFromAt) : null;

    /// <summary>The sample of a time in its results.</summary>
    internal long Sample(TimeSpan time) => Origin + (long)(time.TotalSeconds * 16_000);

    internal void Flush(TimeSpan now)
    {
        _flushes.Enqueue((Next, now));
        stream.Flush();
    }

    /// <summary>It has answered the oldest flush.</summary>
    /// <returns>Up to where; null when it owes nothing.</returns>
    internal long? TakeFlush() => _flushes.TryDequeue(out var flush) ? flush.Upto : null;
}
