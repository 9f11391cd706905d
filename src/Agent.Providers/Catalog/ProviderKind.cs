namespace Agent.Providers.Catalog;

/// <summary>What a provider does in a conversation.</summary>
public enum ProviderKind
{
    /// <summary>Turns speech into text.</summary>
    SpeechToText,

    /// <summary>Decides what to say.</summary>
    LanguageModel,

    /// <summary>Turns text into speech.</summary>
    TextToSpeech,

    /// <summary>Hears and speaks itself, in the place of the other three.</summary>
    Realtime,
}
