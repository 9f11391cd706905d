using Agent.Pipeline.Speech;
using Agent.Providers.Catalog;
using Agent.Providers.Vendors;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Agent.Providers.AzureSpeech.Recognition;

/// <summary>Makes <c>azure/speech[:language]</c>, and the same in another of the service's modes.</summary>
internal sealed class AzureRecogniserFactory(IOptions<AzureSpeechOptions> options, ILogger<AzureSpeechToText> logger, TimeProvider time) : IProviderFactory<ISpeechToText>
{
    public string Vendor => AzureSpeechVendor.Name;

    public IReadOnlyList<string> Models { get; } = [.. RecognitionSettings.Modes.Keys];

    public bool AcceptsOtherModels => false;

    public void Validate(ProviderName name)
    {
        options.Value.RequireKey(name.ToString(), AzureSpeechVendor.Section, AzureSpeechVendor.Variables);
        AzureSpeechAddress.Require(options.Value, name.ToString());
        RecognitionSettings.RequireLanguages(name.ToString(), LanguagesOf(name));
    }

    public ISpeechToText Create(ProviderName name)
    {
        Validate(name);
        return new AzureSpeechToText(name.ToString(), name.Model, LanguagesOf(name), options.Value, logger, time);
    }

    private string LanguagesOf(ProviderName name) => name.Variant ?? options.Value.Language;
}
