using System.Text.Json;
using Agent.Pipeline.Errors;
using Agent.Providers.AzureSpeech.Wire;

namespace Agent.Providers.AzureSpeech.Recognition;

/// <summary>What a recogniser asks of the service, the same in each turn.</summary>
internal sealed class RecognitionSettings
{
    /// <summary>The rate of the audio; the service's own.</summary>
    public const int SampleRateHz = 16_000;

    /// <summary>The modes by name; <c>speech</c> is the one for conversations. The third, interactive, ends with the first phrase, and whoever speaks on is not heard.</summary>
    public static readonly IReadOnlyDictionary<string, string> Modes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["speech"] = "Conversation",
        ["conversation"] = "Conversation",
        ["dictation"] = "Dictation",
    };

    private RecognitionSettings(string query, byte[] context)
    {
        Query = query;
        Context = context;
    }

    /// <summary>The query of the connection's address.</summary>
    public string Query { get; }

    /// <summary>The body of <c>speech.context</c>.</summary>
    public ReadOnlyMemory<byte> Context { get; }

    /// <param name="model">A key of <see cref="Modes"/>.</param>
    /// <param name="languages">A BCP 47 tag, or several joined by <c>+</c>.</param>
    /// <param name="options">The rest.</param>
    public static RecognitionSettings Create(string model, string languages, AzureSpeechOptions options)
    {
        var tags = languages.Split('+', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return new RecognitionSettings(QueryOf(tags, options), JsonSerializer.SerializeToUtf8Bytes(ContextOf(Modes[model], tags, options), AzureSpeechJson.Camel.SpeechContext));
    }

    /// <exception cref="ConfigurationException">A language is no tag, or there are too many.</exception>
    public static void RequireLanguages(string provider, string languages)
    {
        var tags = languages.Split('+');
        if (tags.Length > 10)
            throw new ConfigurationException($"'{provider}' cannot be used: it names {tags.Length} languages; Azure tells at most 10 apart.");
        foreach (var tag in tags)
        {
            if (tag.Length is < 2 or > 35 || !tag.All(static c => char.IsAsciiLetterOrDigit(c) || c == '-') || !char.IsAsciiLetter(tag[0]))
                throw new ConfigurationException($"'{provider}' cannot be used: '{tag}' is no language; write a BCP 47 tag such as azure/speech:en-US, or several such as azure/speech:en-US+de-DE.");
        }
    }

    private static string QueryOf(string[] tags, AzureSpeechOptions options)
    {
        var query = new List<string>(5);
        if (options.RecognitionEndpointId is { } endpoint)
            query.Add($"cid={Uri.EscapeDataString(endpoint)}");
        else if (tags.Length == 1)
            query.Add($"language={Uri.EscapeDataString(tags[0])}");
        query.Add("format=detailed");
        query.Add("wordLevelTimestamps=true");
        if (tags.Length > 1)
            query.Add("lidEnabled=true");
        if (options.Profanity != AzureProfanity.Masked)
            query.Add($"profanity={Lower(options.Profanity)}");
        return string.Join('&', query);
    }

    private static SpeechContext ContextOf(string mode, string[] tags, AzureSpeechOptions options)
    {
        var detects = tags.Length > 1;
        var segmentation = options.SegmentationSilence is { } silence ? new PhraseMode(new PhraseSegmentation("Custom", (int)silence.TotalMilliseconds)) : null;
        return new SpeechContext
        {
            PhraseDetection = new PhraseDetection
            {
                Mode = mode,
                Language = detects ? null : tags[0],
                Conversation = mode == "Conversation" ? segmentation : null,
                Dictation = mode == "Dictation" ? segmentation : null,
                Enrichment = options.Profanity == AzureProfanity.Masked ? null : new PhraseEnrichment(options.Profanity.ToString()),
            },
            PhraseOutput = new PhraseOutput
            {
                Format = "Detailed",
                Detailed = new PhraseDetails(["WordTimings", "DisplayWordTimings"]),
                InterimResults = detects ? new ResultType("Auto") : null,
                PhraseResults = detects ? new ResultType("Always") : null,
            },
            LanguageId = detects
                ? new LanguageId(tags, "DetectContinuous", new LanguageIdAction("Recognize"), new LanguageIdAction("None"), "PrioritizeLatency")
                : null,
            Dgi = options.Phrases.Count == 0
                ? null
                : new DynamicGrammar([new DynamicGrammarGroup("Generic", [.. options.Phrases.Select(static phrase => new DynamicGrammarItem(phrase))])], Bias: 1.0),
        };
    }

    private static string Lower(AzureProfanity profanity) => profanity == AzureProfanity.Raw ? "raw" : "removed";
}
