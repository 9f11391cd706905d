using System.Text.Json.Serialization;

namespace Agent.Pipeline.Turns.Events;

/// <summary>Something that the turn machine has to know. Times are on the session's clock. The names are those of recordings: they never change.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event", UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization)]
[JsonDerivedType(typeof(ClearRequested), "clear-requested")]
[JsonDerivedType(typeof(CommitRequested), "commit-requested")]
[JsonDerivedType(typeof(DetectorAnswered), "detector-answered")]
[JsonDerivedType(typeof(InterruptRequested), "interrupt-requested")]
[JsonDerivedType(typeof(ModelEndedTurn), "model-ended-turn")]
[JsonDerivedType(typeof(ModelListens), "model-listens")]
[JsonDerivedType(typeof(ParticipantChanged), "participant-changed")]
[JsonDerivedType(typeof(ParticipantSwitched), "participant-switched")]
[JsonDerivedType(typeof(QuestionHeld), "question-held")]
[JsonDerivedType(typeof(RecogniserEndedTurn), "recogniser-ended-turn")]
[JsonDerivedType(typeof(RecogniserFlushed), "recogniser-flushed")]
[JsonDerivedType(typeof(SpeechAudible), "speech-audible")]
[JsonDerivedType(typeof(SpeechContinued), "speech-continued")]
[JsonDerivedType(typeof(SpeechEnded), "speech-ended")]
[JsonDerivedType(typeof(SpeechReady), "speech-ready")]
[JsonDerivedType(typeof(SpeechRequested), "speech-requested")]
[JsonDerivedType(typeof(SpeechSuspended), "speech-suspended")]
[JsonDerivedType(typeof(StartRequested), "start-requested")]
[JsonDerivedType(typeof(TimerFired), "timer-fired")]
[JsonDerivedType(typeof(UserFinal), "user-final")]
[JsonDerivedType(typeof(UserInterim), "user-interim")]
[JsonDerivedType(typeof(UserStarted), "user-started")]
[JsonDerivedType(typeof(UserStopped), "user-stopped")]
[JsonDerivedType(typeof(UserTyped), "user-typed")]
internal abstract record TurnEvent;
