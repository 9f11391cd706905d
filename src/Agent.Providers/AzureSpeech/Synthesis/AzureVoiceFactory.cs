using Agent.Pipeline.Errors;
using Agent.Pipeline.Speech;
using Agent.Providers.Catalog;
using Agent.Providers.Vendors;
using Microsoft.Extensions.Options;

namespace Agent.Providers.AzureSpeech.Synthesis;

/// <summary>Makes <c>azure/VOICE</c>.</summary>
internal sealed class AzureVoiceFactory(IOptions<AzureSpeechOptions> options, TimeProvider time) : IProviderFactory<ITextToSpeech>
{
    public string Vendor => AzureSpeechVendor.Name;

    public IReadOnlyList<string> Models { get; } =
    [
        "en-US-AvaMultilingualNeural", "en-US-AndrewMultilingualNeural", "en-GB-AdaMultilingualNeural", "de-DE-SeraphinaMultilingualNeural", "fr-FR-VivienneMultilingualNeural",
    ];

    public bool AcceptsOtherModels => true;

    public void Validate(ProviderName name)
    {
        options.Value.RequireKey(name.ToString(), AzureSpeechVendor.Section, AzureSpeechVendor.Variables);
        AzureSpeechAddress.Require(options.Value, name.ToString());
        if (!name.Model.Contains('-', StringComparison.Ordinal))
            throw new ConfigurationException($"'{name}' cannot be used: '{name.Model}' is no voice of Azure. Voices begin with their language: azure/{Models[0]}.");
    }

    public ITextToSpeech Create(ProviderName name)
    {
        Validate(name);
        return new AzureTextToSpeech(name.ToString(), name.Selector, options.Value, time);
    }
}
