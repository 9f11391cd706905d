using Agent.Pipeline.Speech;

namespace Agent.Pipeline.Listening;

/// <summary>
/// How much of a participant's speech a recogniser has understood for good, and from where on another connection would have to hear it again. In samples at 16 kHz
/// since listening began; guarded by its recogniser.
/// </summary>
internal sealed class RecognisedSpeech
{
    // Before a voice was noticed it had begun already.
    private const int KeptInSilence = 2 * 16_000;

    private long _voiceEnd;
    private bool _hasInterim;

    /// <summary>Up to where nothing will be said differently any more.</summary>
    internal long Settled { get; private set; }

    /// <summary>Up to where interim results were shown that are not settled.</summary>
    internal long Shown { get; private set; }

    /// <summary>Whether somebody speaks.</summary>
    internal bool IsGoing { get; private set; }

    /// <summary>Whether somebody speaks, or has spoken what is not settled.</summary>
    internal bool IsUnsettled => IsGoing || _voiceEnd > Settled;

    /// <summary>A voice has begun.</summary>
    internal void Begins(long at)
    {
        IsGoing = true;
        _voiceEnd = at;
    }

    /// <summary>More audio has come.</summary>
    internal void Goes(long end)
    {
        if (IsGoing)
            _voiceEnd = end;
    }

    /// <summary>The voice has ended.</summary>
    internal void Ends() => IsGoing = false;

    /// <summary>Its interim results will not become final.</summary>
    internal void ConnectionEnded() => _hasInterim = false;

    /// <summary>Takes note of what a result settles.</summary>
    /// <returns>Whether it is told: not what was shown already, and no answer to a question that nobody asked.</returns>
    internal bool Hear(RecogniserConnection connection, Transcript transcript)
    {
        switch (transcript.Kind)
        {
            case TranscriptKind.Interim:
                // What is heard again is not shown growing again.
                var shown = connection.Sample(transcript.End);
                if (shown < connection.ShownBefore)
                    return false;
                Shown = Math.Max(Shown, shown);
                _hasInterim |= transcript.Text.Length > 0;
                return true;
            case TranscriptKind.Final:
                Settle(connection, Math.Min(connection.Sample(transcript.End), connection.Next));
                return true;
            case TranscriptKind.Flushed:
                if (connection.TakeFlush() is not { } upTo)
                    return false;
                Settle(connection, upTo);
                return true;
            default:
                return true;
        }
    }

    /// <summary>From where on audio is kept: what is not settled; while nobody speaks and no words are owed, a moment is enough.</summary>
    internal long KeptFrom(long end, bool isOwed) =>
        _hasInterim || IsUnsettled || isOwed ? Settled : Math.Max(Settled, end - KeptInSilence);

    private void Settle(RecogniserConnection connection, long upTo)
    {
        _hasInterim = false;
        Shown = connection.ShownBefore = 0;
        Settled = Math.Max(Settled, upTo);
    }
}
