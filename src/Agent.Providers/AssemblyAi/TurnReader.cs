using Agent.Pipeline.Speech;
using Agent.Providers.AssemblyAi.Wire;

namespace Agent.Providers.AssemblyAi;

/// <summary>
/// Reads one session's turns. A turn grows by immutable words, ends once, and may come once more in its formatted form: that is the same final, not another.
/// No clock and no socket in it; the caller says when a formatted form has been awaited for long enough.
/// </summary>
/// <param name="clock">The session's clock.</param>
/// <param name="awaitsFormatted">Whether the final is the formatted form.</param>
internal sealed class TurnReader(SessionClock clock, bool awaitsFormatted)
{
    private int _finished = -1;
    private TurnMessage? _open;

    /// <summary>Whether words have come of a turn whose final has not been given.</summary>
    public bool IsTurnOpen => _open is not null;

    /// <summary>Whether the turn is over and its formatted form is awaited.</summary>
    public bool AwaitsFormatted => _open is { EndOfTurn: true };

    /// <summary>Takes the next message.</summary>
    /// <param name="turn">The message.</param>
    /// <param name="results">Where results go: interims, and a final for each turn that is over.</param>
    /// <returns>How many turns are over with it.</returns>
    public int Read(TurnMessage turn, ICollection<Transcript> results)
    {
        if (turn.TurnOrder <= _finished)
            return 0;
        var ended = 0;
        if (_open is { } open && turn.TurnOrder > open.TurnOrder)
            ended += Finish(results);
        if (turn.EndOfTurn && (turn.TurnIsFormatted || !awaitsFormatted))
        {
            _open = turn;
            return ended + Finish(results);
        }

        if (turn.EndOfTurn || Text(turn).Length > 0)
        {
            _open = turn;
            if (Text(turn).Length > 0)
                results.Add(Result(turn, TranscriptKind.Interim));
        }

        return ended;
    }

    /// <summary>Ends the turn that is open with the words that have come.</summary>
    /// <returns>How many turns are over with it: one or none.</returns>
    public int Finish(ICollection<Transcript> results)
    {
        if (_open is not { } turn)
            return 0;
        _open = null;
        _finished = turn.TurnOrder;
        if (Text(turn).Length > 0)
            results.Add(Result(turn, TranscriptKind.Final));
        return 1;
    }

    private Transcript Result(TurnMessage turn, TranscriptKind kind)
    {
        var words = new WordTiming[turn.Words.Count];
        var confidence = 0.0;
        for (var i = 0; i < words.Length; i++)
        {
            var word = turn.Words[i];
            words[i] = new WordTiming(word.Text, clock.At(word.Start), clock.At(word.End));
            confidence += word.Confidence;
        }

        return new Transcript
        {
            Kind = kind,
            Text = Text(turn),
            Start = words.Length > 0 ? words[0].Start : TimeSpan.Zero,
            End = words.Length > 0 ? words[^1].End : TimeSpan.Zero,
            Confidence = words.Length > 0 ? Math.Clamp(confidence / words.Length, 0, 1) : null,
            Language = turn.LanguageCode,
            Words = words,
        };
    }

    /// <summary>At the end of a turn its transcript is whole; before, the words hold one more than the transcript.</summary>
    private static string Text(TurnMessage turn) =>
        turn.EndOfTurn || turn.Words.Count == 0 ? turn.Transcript : string.Join(' ', turn.Words.Select(word => word.Text));
}
