using Agent.Pipeline.Errors;
using Agent.Pipeline.Speech;
using Agent.Providers.Catalog;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Agent.Providers.Local.Pocketsphinx;

/// <summary>Makes <c>local/pocketsphinx</c>.</summary>
internal sealed class PocketsphinxFactory(IOptions<PocketsphinxOptions> options, ILoggerFactory? loggerFactory = null) : IProviderFactory<ISpeechToText>
{
    public string Vendor => LocalVendor.Name;

    public IReadOnlyList<string> Models { get; } = ["pocketsphinx"];

    public bool AcceptsOtherModels => false;

    public void Validate(ProviderName name)
    {
        if (name.Variant is not null)
            throw new ConfigurationException($"'{name}' cannot be used: {Vendor}/pocketsphinx has no variants. Write {Vendor}/pocketsphinx; the models are set in Providers:Local:Pocketsphinx.");
        PocketsphinxModel.Require(options.Value);
    }

    public ISpeechToText Create(ProviderName name) =>
        new PocketsphinxSpeechToText(options.Value, (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger<PocketsphinxSpeechToText>());
}
