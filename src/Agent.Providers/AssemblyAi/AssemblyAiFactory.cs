using Agent.Pipeline.Errors;
using Agent.Pipeline.Speech;
using Agent.Providers.Catalog;
using Agent.Providers.Vendors;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Agent.Providers.AssemblyAi;

/// <summary>Makes <c>assemblyai/MODEL</c>. Models of other families pass as they are; their own settings are the service's defaults.</summary>
internal sealed class AssemblyAiFactory(IOptionsMonitor<AssemblyAiOptions> options, TimeProvider time, ILoggerFactory? loggerFactory = null) : IProviderFactory<ISpeechToText>
{
    public string Vendor => AssemblyAiVendor.Name;

    public IReadOnlyList<string> Models { get; } = [AssemblyAiVendor.English, AssemblyAiVendor.Multilingual, "universal", "universal-multilingual"];

    public bool AcceptsOtherModels => true;

    public void Validate(ProviderName name)
    {
        options.CurrentValue.RequireKey(name.ToString(), AssemblyAiVendor.Section, AssemblyAiVendor.Variables);
        if (name.Variant is null)
            return;
        throw new ConfigurationException(
            $"'{name}' cannot be used: {Vendor} has no variants. Write {Vendor}/{AssemblyAiVendor.English} or {Vendor}/{AssemblyAiVendor.Multilingual}; other settings are in Providers:{AssemblyAiVendor.Section}.");
    }

    public ISpeechToText Create(ProviderName name)
    {
        var model = name.Model.ToLowerInvariant() switch
        {
            "universal" => AssemblyAiVendor.English,
            "universal-multilingual" => AssemblyAiVendor.Multilingual,
            _ => name.Model,
        };
        return new AssemblyAiSpeechToText(name.ToString(), model, options, time, (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger<AssemblyAiSpeechToText>());
    }
}
