namespace Agent.Providers.AzureSpeech.Wire;

/// <summary>Voice and manner of a stream of text, in <see cref="SynthesisSection"/>. Source: sendStreamingSynthesisContext in SynthesisAdapterBase of Microsoft's Speech SDK for JavaScript 1.52.</summary>
internal sealed record SynthesisInput
{
    /// <summary>Always true: text comes in <c>text.piece</c> messages and ends with <c>text.end</c>.</summary>
    public required bool BidirectionalStreamingMode { get; init; }

    /// <summary>The voice, e.g. <c>en-US-AvaMultilingualNeural</c>.</summary>
    public required string VoiceName { get; init; }

    /// <summary>The language, as a BCP 47 tag.</summary>
    public required string Language { get; init; }

    /// <summary>As in SSML's <c>prosody</c>.</summary>
    public string? Pitch { get; init; }

    /// <inheritdoc cref="Pitch"/>
    public string? Rate { get; init; }

    /// <inheritdoc cref="Pitch"/>
    public string? Volume { get; init; }

    /// <summary>The speaking style.</summary>
    public string? Style { get; init; }
}
