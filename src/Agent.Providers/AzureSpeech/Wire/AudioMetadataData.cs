namespace Agent.Providers.AzureSpeech.Wire;

/// <summary>When it happens, in units of 100 ns from the beginning of the request's sound, in <see cref="AudioMetadataItem"/>. The name of <c>text</c> is in small letters, all others are not.</summary>
internal sealed record AudioMetadataData(long Offset, long Duration, [property: System.Text.Json.Serialization.JsonPropertyName("text")] AudioMetadataText? Text);
