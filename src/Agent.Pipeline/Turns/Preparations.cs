using System.Globalization;
using Agent.Pipeline.Ledger;
using Agent.Pipeline.Turns.Effects;

namespace Agent.Pipeline.Turns;

/// <summary>
/// Work before the end of the turn is certain: at most one answer is prepared, and it is either given the floor or discarded. Whether there
/// should be one follows from the rest of the state after every step, so that none can be forgotten.
/// </summary>
internal static class Preparations
{
    /// <summary>The answer to a turn, under the identifier that it has or would have when prepared.</summary>
    internal static AgentSpeech Answer(TurnState state, UserTurn turn) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"reply-{state.LastReply + 1}"),
        Cause = turn.IsOverLimit ? SpeechCause.UserTurnLimit : SpeechCause.UserTurn,
        TurnNumber = turn.Number,
    };

    /// <summary>An utterance is about to get the floor: what was prepared for it goes with it, everything else is dropped before.</summary>
    internal static void HandOver(ref TurnStep step, AgentSpeech next)
    {
        if (step.State.Prepared is not { } prepared)
            return;
        if (prepared.Speech == next && step.State.LastTurn is { } turn && prepared.Answers(turn))
            step.State = step.State with { Prepared = null };
        else
            Discard(ref step, prepared);
    }

    /// <summary>Prepares, or discards what was prepared, as the state now says.</summary>
    internal static void Review(ref TurnStep step)
    {
        if (step.State.Prepared is { } prepared)
        {
            if (!IsPause(step) || IsUnfinished(step) || !prepared.Answers(step.State.Turn))
                Discard(ref step, prepared);
            else if (!prepared.HasSameSegments(step.State.Turn))
                step.State = step.State with { Prepared = prepared with { Turn = step.State.Turn } };
        }

        if (step.State.Prepared is null && IsPause(step) && AreWordsThere(step) && IsEndLikely(step))
            Prepare(ref step);
    }

    private static void Prepare(ref TurnStep step)
    {
        var turn = step.State.Turn;
        var speech = Answer(step.State, turn);
        step.State = step.State with
        {
            Turn = turn with { Preparations = turn.Preparations + 1 },
            Prepared = new Preparation(speech, turn),
        };
        step.Do(new PrepareSpeech(speech, turn.Text));
    }

    private static void Discard(ref TurnStep step, Preparation prepared)
    {
        step.State = step.State with { Prepared = null };
        step.Do(new DiscardSpeech(prepared.Speech));
    }

    // The user is silent, and nobody else will change the history first. Whoever ends turns by hand has said nothing about the end by being silent.
    private static bool IsPause(in TurnStep step) =>
        step.Options.Preemptive.Enabled
        && step.Mode != EndpointingMode.Manual
        && !step.AnswersVoice
        && step.State is { IsLinked: true, IsFloorHeld: false, Current: null, Waiting: [], BargeIn: null }
        && step.State.Turn is { IsOpen: true, HasText: true, IsSpeaking: false, IsDiscarded: false, IsOverLimit: false };

    // What the recogniser has shown of a voice that is silent now are mostly its last words already; it will only fix them.
    private static bool AreWordsThere(in TurnStep step) => step.State switch
    {
        { Turn: { HasVoice: true, Interim.Length: > 0 } } => true,
        { FlushesPending: 0, Turn: { Finals.Length: > 0, Interim: "", Unsettled: [] } } => true,
        _ => false,
    };

    private static bool IsEndLikely(in TurnStep step)
    {
        var turn = step.State.Turn;
        if (turn.Preparations >= step.Options.Preemptive.MaxAttempts || turn.LastSpeechAt - turn.StartedAt > step.Options.Preemptive.MaxSpeech)
            return false;

        // What the turn detector has not judged yet, or holds to be unfinished, would mostly be thrown away.
        return step.Mode != EndpointingMode.Detector || (step.State.Question is { IsAnswered: true } && !IsUnfinished(step));
    }

    private static bool IsUnfinished(in TurnStep step) =>
        step.Mode == EndpointingMode.Detector
        && step.State.Question is { IsAnswered: true } question
        && question.Probability < step.Options.DetectorThreshold;
}
