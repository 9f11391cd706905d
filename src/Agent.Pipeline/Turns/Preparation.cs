using System.Collections.Immutable;

namespace Agent.Pipeline.Turns;

/// <summary>An answer that is being prepared before the user's turn has ended.</summary>
/// <param name="Speech">The utterance that it will be.</param>
/// <param name="Words">The words that it answers; another turn, or one more word, makes it worthless.</param>
internal sealed record Preparation(AgentSpeech Speech, ImmutableArray<string> Words)
{
    internal bool Answers(UserTurn turn) => turn.Number == Speech.TurnNumber && turn is { Interim: "", Unsettled: [] } && turn.Finals == Words;
}
