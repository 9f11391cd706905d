using Agent.Pipeline.Ledger;
using Agent.Pipeline.Turns.Effects;
using Agent.Pipeline.Turns.Events;

namespace Agent.Pipeline.Turns;

/// <summary>
/// Words that come after their turn was committed belong to it. An answer that was not heard, or has only just begun, is made again when the words
/// are really others; any other answer goes on, and the words are in the history for the next.
/// </summary>
internal static class LateWords
{
    internal static void OnFinal(ref TurnStep step, UserFinal final)
    {
        var before = step.State.LastTurn!;
        var turn = before.WithFinal(final.Text, final.Start, final.End);
        step.State = step.State with { LastTurn = turn };
        step.Do(new WriteUserTurn(turn, turn.Text, Typed: false));
        if (step.AnswersVoice || SpokenWords.IsSame(before.Text, turn.Text))
            return;
        if (!before.HasText)
        {
            Endpointing.Answer(ref step, turn);
        }
        else if (IsAnswerYoung(step, turn.Number))
        {
            step.Note(DecisionKind.Cut, "more words of the turn came");
            AgentFloor.Stop(ref step, byUser: true, force: true);
            Endpointing.Answer(ref step, turn);
        }
    }

    private static bool IsAnswerYoung(TurnStep step, long turn) =>
        step.State is { BargeIn: null, Turn.IsOpen: false, IsProtected: false }
        && AgentFloor.Answer(step.State) is { Cause: SpeechCause.UserTurn } answer
        && answer.TurnNumber == turn
        && (answer.AudibleAt is not { } audible || step.Now - audible < step.Options.Endpointing.LateWordsWindow);
}
