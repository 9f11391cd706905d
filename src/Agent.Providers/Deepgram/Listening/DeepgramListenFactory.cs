using Agent.Pipeline.Errors;
using Agent.Pipeline.Speech;
using Agent.Providers.Catalog;
using Agent.Providers.Vendors;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Agent.Providers.Deepgram.Listening;

/// <summary>Makes <c>deepgram/nova-3[:language]</c>, <c>deepgram/flux-general-en</c> and the like.</summary>
internal sealed class DeepgramListenFactory(IOptions<DeepgramOptions> options, TimeProvider time, ILogger<DeepgramSpeechToText> logger) : IProviderFactory<ISpeechToText>
{
    // 20 to 250 ms are advised for Nova, 80 ms for Flux: developers.deepgram.com/docs/measuring-streaming-latency, /docs/flux/quickstart.
    private const int NovaChunkSamples = DeepgramVendor.ListenSampleRateHz / 20;
    private const int FluxChunkSamples = DeepgramVendor.ListenSampleRateHz * 8 / 100;

    // Nova closes a connection without audio after 10 s even if it is kept alive: developers.deepgram.com/docs/stt-troubleshooting-websocket-data-and-net-errors.
    private static readonly TimeSpan s_novaUnused = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan s_fluxUnused = TimeSpan.FromSeconds(30);

    public string Vendor => DeepgramVendor.Name;

    public IReadOnlyList<string> Models { get; } = ["nova-3", "flux-general-en", "flux-general-multi", "nova-3-medical", "nova-2"];

    public bool AcceptsOtherModels => true;

    public void Validate(ProviderName name)
    {
        options.Value.RequireKey(name.ToString(), DeepgramVendor.Section, DeepgramVendor.Variables);
        _ = ModelOf(name, options.Value);
    }

    public ISpeechToText Create(ProviderName name) => new DeepgramSpeechToText(ModelOf(name, options.Value), options.Value, time, logger);

    internal static ListenModel ModelOf(ProviderName name, DeepgramOptions options) =>
        name.Model.StartsWith("flux-", StringComparison.OrdinalIgnoreCase) ? Flux(name, options) : Nova(name, options);

    private static ListenModel Nova(ProviderName name, DeepgramOptions options)
    {
        var nova = options.Nova;
        var language = name.Variant ?? nova.Language;
        if (!LanguageTag.IsOne(language) && !string.Equals(language, "multi", StringComparison.OrdinalIgnoreCase))
            throw new ConfigurationException($"'{name}' cannot be used: '{language}' is no language; write for example deepgram/{name.Model}:en, :de-CH or, for several at once, :multi.");
        if (options.Keyterms.Count > 0 && !name.Model.StartsWith("nova-3", StringComparison.OrdinalIgnoreCase))
            throw new ConfigurationException($"'{name}' cannot be used with Providers:Deepgram:Keyterms: only Nova-3 and Flux take key terms. Remove them or use deepgram/nova-3.");
        var pause = nova.Endpointing ?? (nova.EndOfTurn ? TimeSpan.FromMilliseconds(300) : null);
        var query = Common(name, options)
            .Add("channels", 1)
            .Add("language", language)
            .Add("interim_results", "true")
            .AddIf("smart_format", nova.SmartFormat)
            .AddIf("punctuate", nova.Punctuate)
            .AddIf("filler_words", nova.FillerWords)
            .AddIf("profanity_filter", nova.ProfanityFilter)
            .AddIf("vad_events", nova.EndOfTurn)
            .Add("utterance_end_ms", nova.EndOfTurn ? nova.UtteranceEnd : null);
        query = pause is null ? query.Add("endpointing", "false") : query.Add("endpointing", pause);
        var provider = name.ToString();
        var told = string.Equals(language, "multi", StringComparison.OrdinalIgnoreCase) ? null : language;
        return new ListenModel
        {
            Provider = provider,
            Path = "v1/listen",
            Query = query.ToString(),
            ChunkSamples = NovaChunkSamples,
            EndOfTurn = nova.EndOfTurn,
            Greets = false,
            MaxUnusedAge = s_novaUnused,
            CreateProtocol = () => new NovaProtocol(provider, told, nova.EndOfTurn),
        };
    }

    private static ListenModel Flux(ProviderName name, DeepgramOptions options)
    {
        var flux = options.Flux;
        var isMultilingual = name.Model.EndsWith("-multi", StringComparison.OrdinalIgnoreCase);
        var ownLanguage = isMultilingual ? null : name.Model[(name.Model.LastIndexOf('-') + 1)..];
        if (!isMultilingual && name.Variant is { } variant && !variant.StartsWith(ownLanguage!, StringComparison.OrdinalIgnoreCase))
            throw new ConfigurationException($"'{name}' cannot be used: {name.Model} understands '{ownLanguage}' only. Use deepgram/flux-general-multi:{variant}.");
        if (name.Variant is { } hint && !LanguageTag.IsOne(hint))
            throw new ConfigurationException($"'{name}' cannot be used: '{hint}' is no language; write for example deepgram/{name.Model}:{ownLanguage ?? "de"}.");
        if (flux.EagerEndOfTurnThreshold > (flux.EndOfTurnThreshold ?? 0.7))
            throw new ConfigurationException($"Providers:Deepgram:Flux:EagerEndOfTurnThreshold is {flux.EagerEndOfTurnThreshold}, above EndOfTurnThreshold ({flux.EndOfTurnThreshold ?? 0.7}): it would never come first. Lower it.");
        var hints = name.Variant is not null ? [name.Variant] : flux.LanguageHints;
        var query = Common(name, options)
            .Add("eot_threshold", flux.EndOfTurnThreshold)
            .Add("eager_eot_threshold", flux.EagerEndOfTurnThreshold)
            .Add("eot_timeout_ms", flux.EndOfTurnTimeout)
            .Add("language_hint", isMultilingual ? hints : []);
        var provider = name.ToString();
        return new ListenModel
        {
            Provider = provider,
            Path = "v2/listen",
            Query = query.ToString(),
            ChunkSamples = FluxChunkSamples,
            EndOfTurn = true,
            Greets = true,
            MaxUnusedAge = s_fluxUnused,
            CreateProtocol = () => new FluxProtocol(provider, ownLanguage),
        };
    }

    private static DeepgramQuery Common(ProviderName name, DeepgramOptions options) => new DeepgramQuery()
        .Add("model", name.Model)
        .Add("encoding", "linear16")
        .Add("sample_rate", DeepgramVendor.ListenSampleRateHz)
        .Add("keyterm", options.Keyterms)
        .Add("tag", options.Tags)
        .AddIf("mip_opt_out", options.OptOutOfModelImprovement);
}
