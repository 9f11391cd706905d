using Agent.Pipeline.Errors;
using Agent.Providers.Catalog;
using Agent.Providers.OpenAi.Speech.Wire;

namespace Agent.Providers.OpenAi.Speech;

/// <summary>
/// What is known of a transcription model by its name. Source: https://developers.openai.com/api/docs/guides/realtime-transcription and
/// https://developers.openai.com/api/reference/resources/audio/subresources/transcriptions/methods/create (openai 7.57.0).
/// </summary>
internal sealed record TranscriptionModel
{
    private static readonly string[] s_realtime = ["gpt-live-transcribe", "gpt-realtime-whisper", "gpt-transcribe", "gpt-4o-transcribe", "gpt-4o-mini-transcribe"];
    private static readonly string[] s_realtimeOnly = ["gpt-live-transcribe", "gpt-realtime-whisper"];
    private static readonly string[] s_hinted = ["gpt-transcribe", "gpt-live-transcribe"];
    private static readonly string[] s_streaming = ["gpt-transcribe", "gpt-4o-transcribe", "gpt-4o-mini-transcribe"];

    private TranscriptionModel(ProviderName name)
    {
        Name = name.ToString();
        Id = name.Model;
        Language = name.Variant;
    }

    /// <summary>The models known, the recommended one first.</summary>
    public static IReadOnlyList<string> Known { get; } = ["gpt-live-transcribe", "gpt-4o-transcribe", "gpt-4o-mini-transcribe", "gpt-transcribe", "gpt-realtime-whisper", "whisper-1"];

    /// <summary>The provider's name as configured.</summary>
    public string Name { get; }

    /// <summary>The vendor's name for the model.</summary>
    public string Id { get; }

    /// <summary>The language spoken, ISO 639-1; null when the model is to find out.</summary>
    public string? Language { get; }

    /// <summary>Whether it can be used over the Realtime API.</summary>
    public bool IsRealtime => Is(s_realtime);

    /// <summary>Whether it can be used over the Realtime API only; such models leave the ends of speech to us.</summary>
    public bool IsRealtimeOnly => Is(s_realtimeOnly);

    /// <summary>Whether it takes several languages and words to expect.</summary>
    public bool IsHinted => Is(s_hinted);

    /// <summary>Whether its answer to a file comes word by word.</summary>
    public bool IsStreaming => Is(s_streaming);

    /// <summary>Whether it has word times.</summary>
    public bool HasWordTimings => Id == "whisper-1";

    /// <summary>Reads a name, and finds out whether the settings suit the model.</summary>
    /// <exception cref="ConfigurationException">They do not; the message says which.</exception>
    public static TranscriptionModel Of(ProviderName name, OpenAiTranscriptionOptions options)
    {
        var model = new TranscriptionModel(name);
        if (name.Variant is { } language && (language.Length is < 2 or > 3 || !language.All(char.IsAsciiLetterLower)))
            throw Refused(name, $"'{language}' is no language; write two letters (ISO 639-1), for example {name.Vendor}/{name.Model}:en");
        if (model.IsRealtimeOnly && !options.Realtime)
            throw Refused(name, "it works over the Realtime API only, and Providers:OpenAi:Transcription:Realtime is false");
        if (model.IsRealtimeOnly && options.TurnDetection != OpenAiTurnDetection.None)
            throw Refused(name, $"it leaves the ends of speech to its user; set Providers:OpenAi:Transcription:TurnDetection to None instead of {options.TurnDetection}");
        if (model.Is(["gpt-realtime-whisper"]) && !string.IsNullOrEmpty(options.Prompt))
            throw Refused(name, "it takes no prompt; remove Providers:OpenAi:Transcription:Prompt");
        if (!model.IsHinted && options.Keywords.Count > 0)
            throw Refused(name, $"it takes no keywords; remove Providers:OpenAi:Transcription:Keywords, or use one of {string.Join(", ", s_hinted)}");
        return model;
    }

    /// <summary>The session of the Realtime API that uses it.</summary>
    public TranscriptionSession Session(OpenAiTranscriptionOptions options) => new(new TranscriptionAudio(new TranscriptionAudioInput
    {
        Format = new AudioFormat(),
        Transcription = new TranscriptionSettings
        {
            Model = Id,
            Language = IsHinted ? null : Language,
            Languages = IsHinted && Language is not null ? [Language] : null,
            Keywords = options.Keywords.Count > 0 ? [.. options.Keywords] : null,
            Prompt = string.IsNullOrEmpty(options.Prompt) ? null : options.Prompt,
        },
        TurnDetection = options.TurnDetection switch
        {
            OpenAiTurnDetection.ServerVad => new TurnDetectionSettings
            {
                Type = "server_vad",
                Threshold = options.VadThreshold,
                SilenceDurationMs = (int?)options.VadSilence?.TotalMilliseconds,
            },
            OpenAiTurnDetection.SemanticVad => new TurnDetectionSettings { Type = "semantic_vad" },
            _ => null,
        },
        NoiseReduction = options.NoiseReduction switch
        {
            OpenAiNoiseReduction.NearField => new NoiseReductionSettings("near_field"),
            OpenAiNoiseReduction.FarField => new NoiseReductionSettings("far_field"),
            _ => null,
        },
    }));

    private static ConfigurationException Refused(ProviderName name, string why) => new($"'{name}' cannot be used: {why}.");

    // Dated names such as gpt-4o-mini-transcribe-2025-12-15 are the model of that day.
    private bool Is(ReadOnlySpan<string> names)
    {
        foreach (var known in names)
        {
            if (Id == known || (Id.StartsWith($"{known}-", StringComparison.Ordinal) && char.IsAsciiDigit(Id[known.Length + 1])))
                return true;
        }

        return false;
    }
}
