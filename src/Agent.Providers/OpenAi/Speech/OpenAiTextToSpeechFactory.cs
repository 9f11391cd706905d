using Agent.Pipeline.Errors;
using Agent.Pipeline.Speech;
using Agent.Providers.Catalog;
using Agent.Providers.OpenAi.Speech.Synthesis;
using Agent.Providers.Vendors;
using Microsoft.Extensions.Options;

namespace Agent.Providers.OpenAi.Speech;

/// <summary>Makes <c>openai/MODEL[:voice]</c>.</summary>
internal sealed class OpenAiTextToSpeechFactory(
    IOptions<OpenAiOptions> vendor,
    IOptions<OpenAiSpeechOptions> options,
    OpenAiEndpoint endpoint) : IProviderFactory<ITextToSpeech>
{
    public string Vendor => OpenAiVendor.Name;

    public IReadOnlyList<string> Models { get; } = ["gpt-4o-mini-tts", "tts-1", "tts-1-hd"];

    public bool AcceptsOtherModels => true;

    public void Validate(ProviderName name)
    {
        vendor.Value.RequireKey(name.ToString(), OpenAiVendor.Section, OpenAiVendor.Variables);
        if (name.Model.StartsWith("tts-1", StringComparison.Ordinal) && !string.IsNullOrWhiteSpace(options.Value.Instructions))
            throw new ConfigurationException($"'{name}' cannot be used: it takes no instructions; remove Providers:{OpenAiVendor.Section}:Speech:Instructions.");
    }

    public ITextToSpeech Create(ProviderName name)
    {
        Validate(name);
        return new OpenAiTextToSpeech(name, endpoint, options.Value);
    }
}
