using System.ComponentModel.DataAnnotations;

namespace Agent.Providers.OpenAi.Realtime;

/// <summary>Settings of OpenAI's speech-to-speech models, in the configuration section <c>Providers:OpenAi:Realtime</c>.</summary>
public sealed class OpenAiRealtimeOptions
{
    /// <summary>The voice, where the model's name says none (<c>openai/gpt-realtime:cedar</c>).</summary>
    /// <value>Default <c>marin</c>.</value>
    [Required]
    public string Voice { get; set; } = "marin";

    /// <summary>How fast the model speaks; null is its own pace.</summary>
    /// <value>0.25 to 1.5, default null.</value>
    [Range(0.25, 1.5)]
    public double? Speed { get; set; }

    /// <summary>How the vendor finds the end of a turn, where it does: <c>semantic_vad</c> by what was said, <c>server_vad</c> by silence.</summary>
    /// <value>Default <c>semantic_vad</c>.</value>
    [RegularExpression("semantic_vad|server_vad", ErrorMessage = "semantic_vad or server_vad")]
    public string TurnDetection { get; set; } = "semantic_vad";

    /// <summary>With <c>semantic_vad</c>: how soon a turn that seems unfinished is ended: <c>low</c> within 8 s, <c>medium</c> 4 s, <c>high</c> 2 s.</summary>
    /// <value>Default <c>auto</c>, which is <c>medium</c>.</value>
    [RegularExpression("low|medium|high|auto", ErrorMessage = "low, medium, high or auto")]
    public string Eagerness { get; set; } = "auto";

    /// <summary>With <c>server_vad</c>: the silence that ends a turn.</summary>
    /// <value>0.1 to 10 s, default 0.5 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:10")]
    public TimeSpan SilenceDuration { get; set; } = TimeSpan.FromSeconds(0.5);

    /// <summary>What writes down what the user says, for captions and history.</summary>
    /// <value>Default <c>gpt-4o-mini-transcribe</c>.</value>
    [Required]
    public string TranscriptionModel { get; set; } = "gpt-4o-mini-transcribe";

    /// <summary>The language of the user as ISO 639-1, e.g. <c>de</c>; null lets the transcription find out.</summary>
    /// <value>Default null.</value>
    public string? Language { get; set; }

    /// <summary>What the vendor takes out of the user's sound: <c>near_field</c> for headsets, <c>far_field</c> for loudspeakers; null is nothing.</summary>
    /// <value>Default null.</value>
    [RegularExpression("near_field|far_field", ErrorMessage = "near_field or far_field")]
    public string? NoiseReduction { get; set; }
}
