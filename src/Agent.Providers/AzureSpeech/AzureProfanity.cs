namespace Agent.Providers.AzureSpeech;

/// <summary>What Azure's recognisers do with profanity.</summary>
public enum AzureProfanity
{
    /// <summary>Letters become asterisks.</summary>
    Masked,

    /// <summary>The words are left out.</summary>
    Removed,

    /// <summary>The words stay as they are.</summary>
    Raw,
}
