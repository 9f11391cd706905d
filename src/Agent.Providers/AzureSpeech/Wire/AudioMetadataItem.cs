namespace Agent.Providers.AzureSpeech.Wire;

/// <summary>One thing in the sound, in <see cref="AudioMetadata"/>: <c>WordBoundary</c>, <c>SentenceBoundary</c>, <c>SessionEnd</c> and others.</summary>
internal sealed record AudioMetadataItem(string? Type, AudioMetadataData? Data);
