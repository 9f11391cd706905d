using Agent.Pipeline.Speech;

namespace Agent.Pipeline.Replies;

/// <summary>Speech that exists already.</summary>
internal sealed record RecordedText(RecordedSpeech Speech) : SpeechSource;
