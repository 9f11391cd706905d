namespace Agent.Pipeline.Speech;

/// <summary>When a word is spoken, from the beginning of its stream or utterance.</summary>
/// <param name="Text">The word, with the punctuation that belongs to it.</param>
/// <param name="Start">When it begins.</param>
/// <param name="End">When it ends.</param>
public readonly record struct WordTiming(string Text, TimeSpan Start, TimeSpan End);
