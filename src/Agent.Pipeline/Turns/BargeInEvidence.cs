namespace Agent.Pipeline.Turns;

/// <summary>
/// Weighs what is known of a barge-in. The agent's voice is paused already, so that waiting for a word costs nobody anything: sounds without words, however long,
/// are no turn.
/// </summary>
internal static class BargeInEvidence
{
    internal static BargeInVerdict Weigh(in TurnStep step, BargeIn bargeIn)
    {
        var options = step.Options.Interruption;

        // Speech whose end is not known may have ended already: only what is older than the detector's own delay counts.
        var duration = (bargeIn.EndedAt ?? step.Now - step.Options.DetectionDelay) - bargeIn.At;
        var isLongEnough = duration >= options.MinDuration;

        // A speech-to-speech model hears the voice; its words come later or never.
        if (step.AnswersVoice)
            return isLongEnough ? BargeInVerdict.Turn : BargeInVerdict.Open;

        var text = Text(step.State.Turn, bargeIn.FinalsBefore);
        var isOver = bargeIn.EndedAt is not null && step.State.FlushesPending == 0;
        switch (step.Options.Remarks.Judge(text, mayGoOn: step.State.Turn.Interim.Length > 0))
        {
            case Remark.None:
                return isOver && !step.State.Turn.HasText ? BargeInVerdict.Sound : BargeInVerdict.Open;
            case Remark.Fragment:
                return BargeInVerdict.Open;
            case Remark.Stop:
                return BargeInVerdict.Stop;
            case Remark.Backchannel when options.IgnoreBackchannels && !bargeIn.IsAnswer:
                return isOver ? BargeInVerdict.Backchannel : BargeInVerdict.Open;
            default:
                return (isLongEnough || (bargeIn.IsAnswer && isOver)) && SpokenWords.CountWords(text) >= options.MinWords ? BargeInVerdict.Turn : BargeInVerdict.Open;
        }
    }

    /// <summary>The words since a number of fixed segments.</summary>
    private static string Text(UserTurn turn, int finalsBefore)
    {
        if (finalsBefore == 0)
            return turn.Text;
        return (turn with { Finals = turn.Finals.RemoveRange(0, Math.Min(finalsBefore, turn.Finals.Length)) }).Text;
    }
}
