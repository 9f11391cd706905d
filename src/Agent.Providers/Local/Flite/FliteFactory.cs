using Agent.Pipeline.Errors;
using Agent.Pipeline.Speech;
using Agent.Providers.Catalog;
using Microsoft.Extensions.Options;

namespace Agent.Providers.Local.Flite;

/// <summary>Makes <c>local/flite[:voice]</c>.</summary>
internal sealed class FliteFactory(IOptions<FliteOptions> options) : IProviderFactory<ITextToSpeech>
{
    public string Vendor => LocalVendor.Name;

    public IReadOnlyList<string> Models { get; } = ["flite"];

    public bool AcceptsOtherModels => false;

    public void Validate(ProviderName name) => FliteVoice.RequireLibraries(VoiceOf(name), options.Value.LibraryDirectory);

    public ITextToSpeech Create(ProviderName name) => new FliteTextToSpeech(VoiceOf(name), options.Value);

    private static string VoiceOf(ProviderName name)
    {
        if (name.Variant is null)
            return FliteVoice.Names[0];
        if (FliteVoice.Names.FirstOrDefault(v => string.Equals(v, name.Variant, StringComparison.OrdinalIgnoreCase)) is { } voice)
            return voice;
        var nearest = NearestName.Of(name.Variant, FliteVoice.Names);
        var hint = nearest is null ? "" : $" Did you mean '{name.Vendor}/{name.Model}:{nearest}'?";
        throw new ConfigurationException($"'{name}' cannot be used: flite has no voice '{name.Variant}'.{hint} There are: {string.Join(", ", FliteVoice.Names)}.");
    }
}
