namespace Agent.Providers.OpenAi.Speech;

/// <summary>What OpenAI's Realtime API takes out of the audio before it is understood.</summary>
public enum OpenAiNoiseReduction
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>For close microphones, such as headsets.</summary>
    NearField,

    /// <summary>For distant microphones, such as those of laptops and conference rooms.</summary>
    FarField,
}
