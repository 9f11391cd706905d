namespace Agent.Pipeline.Realtime;

/// <summary>A part of an answer in the sound of its utterance.</summary>
/// <param name="Id">Under which the model knows it.</param>
/// <param name="Start">Where it begins in the utterance.</param>
internal sealed record SpokenItem(string Id, TimeSpan Start)
{
    /// <summary>How much of it has come.</summary>
    internal TimeSpan Length { get; init; }
}
