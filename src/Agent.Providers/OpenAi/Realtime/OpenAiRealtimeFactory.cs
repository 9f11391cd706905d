using Agent.Pipeline.Errors;
using Agent.Pipeline.Realtime;
using Agent.Providers.Catalog;
using Agent.Providers.OpenAi.Speech;
using Agent.Providers.Vendors;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Agent.Providers.OpenAi.Realtime;

/// <summary>Makes OpenAI's speech-to-speech models; the variant is the voice.</summary>
internal sealed class OpenAiRealtimeFactory(
    IOptions<OpenAiOptions> options, IOptions<OpenAiRealtimeOptions> realtime, OpenAiEndpoint endpoint, ILoggerFactory loggers) : IProviderFactory<IRealtimeModel>
{
    public string Vendor => OpenAiVendor.Name;

    public IReadOnlyList<string> Models { get; } = ["gpt-realtime", "gpt-realtime-mini"];

    public bool AcceptsOtherModels => true;

    /// <exception cref="ConfigurationException">The key or a setting is missing or wrong.</exception>
    public void Validate(ProviderName name)
    {
        options.Value.RequireKey(name.ToString(), OpenAiVendor.Section, OpenAiVendor.Variables);
        try
        {
            _ = realtime.Value;
        }
        catch (OptionsValidationException e)
        {
            throw new ConfigurationException($"'{name}' cannot be used: {e.Message}", e);
        }
    }

    public IRealtimeModel Create(ProviderName name) => new OpenAiRealtimeModel(
        name.ToString(),
        name.Model,
        name.Variant,
        endpoint,
        realtime.Value,
        options.Value.Resilience,
        loggers.CreateLogger<OpenAiRealtimeModel>());
}
