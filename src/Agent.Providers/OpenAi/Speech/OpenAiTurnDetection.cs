namespace Agent.Providers.OpenAi.Speech;

/// <summary>Who finds the ends of speech over OpenAI's Realtime API.</summary>
public enum OpenAiTurnDetection
{
    /// <summary>The session, by its own voice activity.</summary>
    None,

    /// <summary>The vendor, by silence.</summary>
    ServerVad,

    /// <summary>The vendor, by silence and by what was said.</summary>
    SemanticVad,
}
