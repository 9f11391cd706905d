using System.ComponentModel.DataAnnotations;
using Agent.Providers.Vendors;

namespace Agent.Providers.ElevenLabs;

/// <summary>Settings of ElevenLabs' synthesizer, in the configuration section <c>Providers:ElevenLabs</c>. The voice's own settings hold where a value is null.</summary>
public sealed class ElevenLabsOptions : VendorOptions
{
    /// <summary>The voice of names without one: <c>elevenlabs/eleven_flash_v2_5</c> instead of <c>elevenlabs/eleven_flash_v2_5:VOICE_ID</c>.</summary>
    /// <value>An identifier of the account's voice library; default the premade voice of the vendor's own examples.</value>
    [Required]
    public string VoiceId { get; set; } = "JBFqnCBsd6RMkjVDRZzb";

    /// <summary>The language to speak, ISO 639-1; for models that can be told.</summary>
    /// <value>Default null: heard from the text.</value>
    [RegularExpression("^[a-z]{2,3}$", ErrorMessage = "a language of two or three letters, such as de")]
    public string? LanguageCode { get; set; }

    /// <summary>The rate of the sound. Some rates need a larger plan.</summary>
    /// <value>8,000, 16,000, 22,050, 24,000 or 44,100 Hz; default 24,000.</value>
    [AllowedValues(8_000, 16_000, 22_050, 24_000, 44_100)]
    public int SampleRateHz { get; set; } = 24_000;

    /// <summary>How steady the voice is; lower is livelier.</summary>
    /// <value>0 to 1; default null.</value>
    [Range(0.0, 1.0)]
    public double? Stability { get; set; }

    /// <summary>How closely the original speaker is followed.</summary>
    /// <value>0 to 1; default null.</value>
    [Range(0.0, 1.0)]
    public double? SimilarityBoost { get; set; }

    /// <summary>How much the original speaker's style is exaggerated; costs time.</summary>
    /// <value>0 to 1; default null.</value>
    [Range(0.0, 1.0)]
    public double? Style { get; set; }

    /// <summary>Whether likeness to the original speaker is raised; costs time.</summary>
    /// <value>Default null.</value>
    public bool? UseSpeakerBoost { get; set; }

    /// <summary>How fast the voice speaks.</summary>
    /// <value>0.7 to 1.2; default null.</value>
    [Range(0.7, 1.2)]
    public double? Speed { get; set; }

    /// <summary>Whether numbers and signs are written out before they are spoken: <c>auto</c>, <c>on</c>, <c>off</c>. The flash and turbo models of version 2.5 cannot have it on.</summary>
    /// <value>Default <c>auto</c>.</value>
    [AllowedValues("auto", "on", "off")]
    public string ApplyTextNormalization { get; set; } = "auto";

    /// <summary>Whether the service speaks each clause as it comes instead of collecting text first.</summary>
    /// <value>Default true.</value>
    public bool AutoMode { get; set; } = true;

    /// <summary>Whether SSML tags in the text are read as such.</summary>
    /// <value>Default false.</value>
    public bool EnableSsmlParsing { get; set; }

    /// <summary>Whether the service may keep what was said; off needs an enterprise plan.</summary>
    /// <value>Default true.</value>
    public bool EnableLogging { get; set; } = true;

    /// <summary>How long an utterance may wait for its next words before the service gives it up. It is kept alive meanwhile; this is for connections that are lost unnoticed.</summary>
    /// <value>5 to 180 s, default 60 s.</value>
    [Range(typeof(TimeSpan), "00:00:05", "00:03:00")]
    public TimeSpan InactivityTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How many utterances share one connection, of all sessions; interrupted ones count until the service has let go of them. The service takes 5.</summary>
    /// <value>1 to 5, default 4.</value>
    [Range(1, 5)]
    public int ContextsPerConnection { get; set; } = 4;
}
