using System.ComponentModel.DataAnnotations;
using Agent.Providers.Vendors;

namespace Agent.Providers.AzureSpeech;

/// <summary>Settings of Azure's speech service, in the configuration section <c>Providers:AzureSpeech</c>.</summary>
public sealed class AzureSpeechOptions : VendorOptions
{
    /// <summary>The region of the speech resource, e.g. <c>westeurope</c>; not needed where <see cref="VendorOptions.BaseUrl"/> is set.</summary>
    /// <value>Default null: the environment variable <c>AZURE_SPEECH_REGION</c>.</value>
    [RegularExpression("[A-Za-z0-9]{2,30}", ErrorMessage = "the short name of an Azure region, such as westeurope")]
    public string? Region { get; set; }

    /// <summary>The language of recognisers whose name gives none, as a BCP 47 tag; several joined by <c>+</c> are told apart by ear.</summary>
    /// <value>Default <c>en-US</c>.</value>
    [Required]
    public string Language { get; set; } = "en-US";

    /// <summary>Names and terms that recognisers should expect.</summary>
    /// <value>At most 500; default none.</value>
    [MaxLength(500)]
    public IList<string> Phrases { get; set; } = [];

    /// <summary>The silence after which a recogniser makes a segment final by itself.</summary>
    /// <value>0.1 to 5 s; default null: the service decides.</value>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:05")]
    public TimeSpan? SegmentationSilence { get; set; }

    /// <summary>What recognisers do with profanity.</summary>
    /// <value>Default <see cref="AzureProfanity.Masked"/>, as the service does by itself.</value>
    public AzureProfanity Profanity { get; set; } = AzureProfanity.Masked;

    /// <summary>The endpoint identifier of a custom speech model; null is the base model.</summary>
    /// <value>Default null.</value>
    public string? RecognitionEndpointId { get; set; }

    /// <summary>The path of recognition. Speech containers have <c>/speech/recognition/conversation/cognitiveservices/v1</c> only.</summary>
    /// <value>Default <c>/stt/speech/universal/v2</c>.</value>
    [Required]
    public string RecognitionPath { get; set; } = "/stt/speech/universal/v2";

    /// <summary>How text is given to synthesizers.</summary>
    /// <value>Default <see cref="AzureSynthesisInput.TextStream"/>.</value>
    public AzureSynthesisInput SynthesisInput { get; set; } = AzureSynthesisInput.TextStream;

    /// <summary>The path of synthesis.</summary>
    /// <value>Default null: <c>/cognitiveservices/websocket/v2</c> for a stream of text, <c>v1</c> for SSML; below an own address both begin with <c>/tts</c>.</value>
    public string? SynthesisPath { get; set; }

    /// <summary>The deployment identifier of a custom voice; null is a voice of the gallery.</summary>
    /// <value>Default null.</value>
    public string? SynthesisDeploymentId { get; set; }

    /// <summary>The rate of the audio that synthesizers make, in samples per second.</summary>
    /// <value>8,000, 16,000, 24,000 or 48,000; default 24,000.</value>
    [AllowedValues(8_000, 16_000, 24_000, 48_000)]
    public int SynthesisSampleRateHz { get; set; } = 24_000;

    /// <summary>Whether synthesizers tell the time of each word. Switch it off for voices that cannot: those of OpenAI never do.</summary>
    /// <value>Default true.</value>
    public bool WordTimings { get; set; } = true;

    /// <summary>The speaking rate, as SSML's <c>prosody</c> writes it, e.g. <c>+10%</c> or <c>fast</c>; null is the voice's own.</summary>
    /// <value>Default null.</value>
    public string? Rate { get; set; }

    /// <summary>The pitch, as SSML's <c>prosody</c> writes it, e.g. <c>-2st</c> or <c>high</c>; null is the voice's own.</summary>
    /// <value>Default null.</value>
    public string? Pitch { get; set; }

    /// <summary>The volume, as SSML's <c>prosody</c> writes it, e.g. <c>+20%</c> or <c>soft</c>; null is the voice's own.</summary>
    /// <value>Default null.</value>
    public string? Volume { get; set; }

    /// <summary>The speaking style, e.g. <c>cheerful</c>, for voices that have styles; null is the voice's own.</summary>
    /// <value>Default null.</value>
    public string? Style { get; set; }
}
