namespace Agent.Providers.AzureSpeech.Wire;

/// <summary>A word as written, in <see cref="AudioMetadataData"/>; escaped as in XML where the text was SSML.</summary>
internal sealed record AudioMetadataText(string? Text, int Length, string? BoundaryType);
