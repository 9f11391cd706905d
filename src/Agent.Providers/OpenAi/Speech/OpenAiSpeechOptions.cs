using System.ComponentModel.DataAnnotations;

namespace Agent.Providers.OpenAi.Speech;

/// <summary>Settings of OpenAI's synthesizers, in the configuration section <c>Providers:OpenAi:Speech</c>.</summary>
public sealed class OpenAiSpeechOptions
{
    /// <summary>The voice where the provider's name has none: <c>openai/gpt-4o-mini-tts:coral</c> names one.</summary>
    /// <value>Default <c>alloy</c>.</value>
    [Required]
    public string Voice { get; set; } = "alloy";

    /// <summary>How to speak: tone, accent, mood. Not for tts-1 and tts-1-hd.</summary>
    /// <value>Default none.</value>
    public string? Instructions { get; set; }

    /// <summary>The pace, relative to the voice's own.</summary>
    /// <value>0.25 to 4; default 1.</value>
    [Range(0.25, 4.0)]
    public double Speed { get; set; } = 1;

    /// <summary>
    /// Whether sound comes as events that end with the number of tokens billed, where the model can; otherwise it comes as it is, a third smaller,
    /// and only characters and seconds are counted.
    /// </summary>
    /// <value>Default false. Servers that imitate OpenAI's API mostly need false.</value>
    public bool CountTokens { get; set; }

    /// <summary>How much sound of one utterance may lie unread before the connection waits.</summary>
    /// <value>0.5 to 60 s; default 10 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:01:00")]
    public TimeSpan ReadAhead { get; set; } = TimeSpan.FromSeconds(10);
}
