namespace Agent.Pipeline.Turns.Events;

/// <summary>The agent's voice has paused over a question of which hardly anything is left to be said.</summary>
/// <param name="SpeechId">The utterance.</param>
internal sealed record QuestionHeld(string SpeechId) : TurnEvent;
