using Agent.Pipeline.Ledger;
using Agent.Pipeline.Turns.Effects;
using Agent.Pipeline.Turns.Events;

namespace Agent.Pipeline.Turns;

/// <summary>What the user types is a turn of its own, beside what is spoken.</summary>
internal static class TypedText
{
    internal static void OnTyped(ref TurnStep step, UserTyped typed)
    {
        Presence.Return(ref step);
        if (step.State is { Current: not null, IsProtected: false })
        {
            step.Note(DecisionKind.Cut, "the user typed");
            BargeIns.End(ref step);
            SpeechQueue.Interrupt(ref step);
            Endpointing.Arm(ref step);
        }

        // The number goes to the typed turn; what is being spoken gets the next, so that the order in the history is that of the ends.
        var spoken = step.State.Turn;
        var turn = UserTurn.Empty(spoken.Number) with { StartedAt = step.Now, LastSpeechAt = step.Now, Finals = [typed.Text], CommittedAt = step.Now };
        step.State = step.State with { Turn = spoken with { Number = spoken.Number + 1 } };
        step.Do(new WriteUserTurn(turn, typed.Text, Typed: true));
        step.Note(DecisionKind.Spoke, "the user typed", typed.SpeechId);
        SpeechQueue.Add(ref step, new AgentSpeech { Id = typed.SpeechId, Cause = SpeechCause.TypedText, TurnNumber = turn.Number });
    }
}
