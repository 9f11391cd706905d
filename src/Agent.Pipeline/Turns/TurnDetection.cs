using Agent.Pipeline.Ledger;
using Agent.Pipeline.Turns.Effects;
using Agent.Pipeline.Turns.Events;

namespace Agent.Pipeline.Turns;

/// <summary>
/// Has the turn detector say how long a pause may be. It is asked once a pause has lasted a little, again when words change, and its answer is
/// dropped when the user goes on. Whatever it does, or the recogniser does not, the turn ends in time.
/// </summary>
internal static class TurnDetection
{
    /// <summary>Does what is next at a pause: asks, waits for words or the answer, waits for the end of the delay, or ends the turn.</summary>
    internal static void Weigh(ref TurnStep step, TimeSpan lastSpeech)
    {
        if (step.State.Question is not { } question || IsStale(step, question))
        {
            Prepare(ref step, lastSpeech);
            return;
        }

        if (!question.IsAnswered)
            return;
        var delay = question.Probability switch
        {
            null => EndpointingDelays.Plain(step.State, step.Options),
            { } p when p < step.Options.DetectorThreshold => EndpointingDelays.Max(step.Options),
            _ => EndpointingDelays.Min(step.State, step.Options),
        };
        EndAfter(ref step, lastSpeech, delay);
    }

    internal static void OnDelayOver(ref TurnStep step)
    {
        if (step.State is { BargeIn: null, Turn: { IsSpeaking: false, IsEndDecided: false, LastSpeechAt: { } last } })
            Weigh(ref step, last);
    }

    internal static void OnAnswered(ref TurnStep step, DetectorAnswered answer)
    {
        if (step.State.Question is not { IsAnswered: false } question || question.Id != answer.Question)
            return;
        step.State = step.State with { Question = question with { IsAnswered = true, Probability = answer.Probability } };
        step.Stop(TurnTimerKind.Detector);
        if (answer.Probability < step.Options.DetectorThreshold)
            step.Note(DecisionKind.Waited, "the turn seems unfinished");
        OnDelayOver(ref step);
    }

    /// <summary>The detector, or the words that it was to judge, have not come in time.</summary>
    internal static void OnTimeout(ref TurnStep step)
    {
        if (step.State.Question is { IsAnswered: false })
        {
            step.Note(DecisionKind.Waited, "the turn detector did not answer in time");
            Endpointing.Decide(ref step);
            return;
        }

        step.Note(DecisionKind.Waited, "the recogniser did not answer in time");
        Transcripts.GiveUp(ref step);
        Endpointing.Decide(ref step);
    }

    /// <summary>The pause is over, one way or the other: nothing is asked any more.</summary>
    internal static void Drop(ref TurnStep step)
    {
        step.Stop(TurnTimerKind.DetectorDelay);
        step.Stop(TurnTimerKind.Detector);
        DropAnswer(ref step);
    }

    private static void DropAnswer(ref TurnStep step)
    {
        if (step.State.Question is not { } question)
            return;
        step.State = step.State with { Question = null };
        if (!question.IsAnswered)
            step.Do(new DropQuestion(question.Id));
    }

    private static bool IsStale(TurnStep step, DetectorQuestion question) =>
        !string.Equals(question.Text, step.State.Turn.Text, StringComparison.Ordinal);

    private static void Prepare(ref TurnStep step, TimeSpan lastSpeech)
    {
        step.Stop(TurnTimerKind.Endpointing);
        DropAnswer(ref step);
        var due = lastSpeech + step.Options.Endpointing.DetectorDelay;
        if (step.Now < due)
        {
            step.Stop(TurnTimerKind.Detector);
            step.Keep(TurnTimerKind.DetectorDelay, due);
            return;
        }

        var text = step.State.Turn.Text;
        if (text.Length > 0 || step.Options.DetectorNeedsAudio)
            Ask(ref step, lastSpeech, text);
        else if (step.State.FlushesPending > 0)
            step.Keep(TurnTimerKind.Detector, lastSpeech + LongestWait(step));
        else
            EndAfter(ref step, lastSpeech, EndpointingDelays.Plain(step.State, step.Options));
    }

    private static void Ask(ref TurnStep step, TimeSpan lastSpeech, string text)
    {
        var limit = lastSpeech + LongestWait(step);
        if (limit <= step.Now)
        {
            Endpointing.Decide(ref step);
            return;
        }

        var question = new DetectorQuestion(step.State.LastQuestion + 1, text);
        step.State = step.State with { Question = question, LastQuestion = question.Id };
        step.Do(new AskDetector(question.Id, step.State.Turn));
        var due = step.Now + step.Options.Endpointing.DetectorTimeout;
        step.Keep(TurnTimerKind.Detector, due < limit ? due : limit);
    }

    private static void EndAfter(ref TurnStep step, TimeSpan lastSpeech, TimeSpan delay)
    {
        step.Stop(TurnTimerKind.DetectorDelay);
        var due = lastSpeech + delay;
        if (step.Now < due)
        {
            step.Stop(TurnTimerKind.Detector);
            step.Keep(TurnTimerKind.Endpointing, due);
        }
        else if (step.State.FlushesPending > 0)
        {
            // The last words may change the detector's mind, and without them there is nothing to answer.
            step.Stop(TurnTimerKind.Endpointing);
            step.Keep(TurnTimerKind.Detector, due + step.Options.Endpointing.TranscriptTimeout);
        }
        else
        {
            Endpointing.Decide(ref step);
        }
    }

    // As long as plain silence and a recogniser that says nothing would take, or a turn that seems unfinished.
    private static TimeSpan LongestWait(TurnStep step)
    {
        var silent = EndpointingDelays.Plain(step.State, step.Options) + step.Options.Endpointing.TranscriptTimeout;
        var max = EndpointingDelays.Max(step.Options);
        return silent > max ? silent : max;
    }
}
