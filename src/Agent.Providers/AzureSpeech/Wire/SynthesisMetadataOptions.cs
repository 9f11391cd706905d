namespace Agent.Providers.AzureSpeech.Wire;

/// <summary>What is told about the sound, in <see cref="SynthesisAudio"/>. Source: SynthesisContext of Microsoft's Speech SDK for JavaScript 1.52.</summary>
internal sealed record SynthesisMetadataOptions
{
    /// <summary>Bookmarks of SSML.</summary>
    public bool BookmarkEnabled { get; init; }

    /// <summary>Punctuation as if it were words.</summary>
    public bool PunctuationBoundaryEnabled { get; init; }

    /// <summary>Sentences.</summary>
    public bool SentenceBoundaryEnabled { get; init; }

    /// <summary>The length of the whole.</summary>
    public bool SessionEndEnabled { get; init; }

    /// <summary>Shapes of the mouth.</summary>
    public bool VisemeEnabled { get; init; }

    /// <summary>Words.</summary>
    public bool WordBoundaryEnabled { get; init; }
}
