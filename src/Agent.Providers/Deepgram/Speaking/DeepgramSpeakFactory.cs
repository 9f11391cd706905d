using Agent.Pipeline.Errors;
using Agent.Pipeline.Speech;
using Agent.Providers.Catalog;
using Agent.Providers.Vendors;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Agent.Providers.Deepgram.Speaking;

/// <summary>Makes <c>deepgram/aura-2-thalia-en</c> and the other voices, which are models of their own.</summary>
internal sealed class DeepgramSpeakFactory(IOptions<DeepgramOptions> options, TimeProvider time, ILogger<DeepgramTextToSpeech> logger) : IProviderFactory<ITextToSpeech>
{
    public string Vendor => DeepgramVendor.Name;

    public IReadOnlyList<string> Models { get; } =
    [
        "aura-2-thalia-en", "aura-2-andromeda-en", "aura-2-apollo-en", "aura-2-arcas-en", "aura-2-asteria-en", "aura-2-helena-en", "aura-2-luna-en", "aura-2-orion-en", "aura-asteria-en",
    ];

    public bool AcceptsOtherModels => true;

    public void Validate(ProviderName name)
    {
        options.Value.RequireKey(name.ToString(), DeepgramVendor.Section, DeepgramVendor.Variables);
        if (name.Variant is not null)
            throw new ConfigurationException($"'{name}' cannot be used: each of Deepgram's voices is a model of its own, without a variant. Write deepgram/{name.Model}.");
        if (!name.Model.StartsWith("aura-", StringComparison.OrdinalIgnoreCase))
            throw new ConfigurationException($"'{name}' cannot be used: Deepgram's voices are called aura-VOICE-LANGUAGE or aura-2-VOICE-LANGUAGE, for example deepgram/{Models[0]}.");
        if (options.Value.Aura.Speed is not null && !name.Model.StartsWith("aura-2-", StringComparison.OrdinalIgnoreCase))
            throw new ConfigurationException($"'{name}' cannot be used with Providers:Deepgram:Aura:Speed: only the voices of Aura-2 change their pace. Remove it or use deepgram/{Models[0]}.");
    }

    public ITextToSpeech Create(ProviderName name) => new DeepgramTextToSpeech(name.ToString(), name.Model, options.Value, time, logger);
}
