using System.Text.Json;
using Agent.Providers.AzureSpeech.Wire;

namespace Agent.Providers.AzureSpeech.Synthesis;

/// <summary>What a voice asks of the service, the same in each utterance.</summary>
internal sealed class SynthesisSettings
{
    /// <param name="voice">The voice, e.g. <c>en-US-AvaMultilingualNeural</c>.</param>
    /// <param name="options">The rest.</param>
    public SynthesisSettings(string voice, AzureSpeechOptions options)
    {
        var language = LanguageOf(voice);
        Input = options.SynthesisInput;
        SampleRateHz = options.SynthesisSampleRateHz;
        WordTimings = options.WordTimings;
        Markup = new SpeechMarkup(voice, language, options);
        Context = JsonSerializer.SerializeToUtf8Bytes(ContextOf(voice, language, options), AzureSpeechJson.Camel.SynthesisContext);
    }

    public AzureSynthesisInput Input { get; }

    public int SampleRateHz { get; }

    public bool WordTimings { get; }

    /// <summary>How a text is written as SSML.</summary>
    public SpeechMarkup Markup { get; }

    /// <summary>The body of <c>synthesis.context</c>.</summary>
    public ReadOnlyMemory<byte> Context { get; }

    /// <summary>The body of <c>synthesis.control</c> that ends what is being spoken.</summary>
    public static ReadOnlyMemory<byte> Stop { get; } = JsonSerializer.SerializeToUtf8Bytes(new SynthesisControl("stop"), AzureSpeechJson.Camel.SynthesisControl);

    /// <summary>A voice's name begins with its language and its region: <c>en-US-</c>, <c>zh-CN-shandong-</c>, <c>iu-Cans-CA-</c>.</summary>
    public static string LanguageOf(string voice)
    {
        var parts = voice.Split('-');
        if (parts.Length < 3)
            return "en-US";
        return parts.Length > 3 && parts[1].Length == 4 ? $"{parts[0]}-{parts[1]}-{parts[2]}" : $"{parts[0]}-{parts[1]}";
    }

    private static SynthesisContext ContextOf(string voice, string language, AzureSpeechOptions options) => new(new SynthesisSection
    {
        Audio = new SynthesisAudio(
            new SynthesisMetadataOptions { SessionEndEnabled = true, WordBoundaryEnabled = options.WordTimings },
            $"raw-{options.SynthesisSampleRateHz / 1000}khz-16bit-mono-pcm"),
        Language = new SynthesisLanguage(AutoDetection: false),
        Input = options.SynthesisInput == AzureSynthesisInput.Ssml
            ? null
            : new SynthesisInput
            {
                BidirectionalStreamingMode = true,
                VoiceName = voice,
                Language = language,
                Pitch = options.Pitch,
                Rate = options.Rate,
                Volume = options.Volume,
                Style = options.Style,
            },
    });
}
