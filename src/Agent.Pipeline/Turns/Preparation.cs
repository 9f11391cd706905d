namespace Agent.Pipeline.Turns;

/// <summary>An answer that is being prepared before the user's turn has ended.</summary>
/// <param name="Speech">The utterance that it will be.</param>
/// <param name="Turn">The turn as it was when the answer was known to fit it.</param>
internal sealed record Preparation(AgentSpeech Speech, UserTurn Turn)
{
    /// <summary>Whether the words are still those that it answers; recognisers that fix words may write them otherwise.</summary>
    internal bool Answers(UserTurn turn) =>
        turn.Number == Turn.Number && (HasSameSegments(turn) || SpokenWords.IsSame(turn.Text, Turn.Text));

    internal bool HasSameSegments(UserTurn turn) =>
        turn.Finals == Turn.Finals && turn.Unsettled == Turn.Unsettled && ReferenceEquals(turn.Interim, Turn.Interim);
}
