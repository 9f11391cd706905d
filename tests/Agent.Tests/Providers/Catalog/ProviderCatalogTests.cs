using Agent.Pipeline.Errors;
using Agent.Pipeline.Speech;
using Agent.Providers;
using Agent.Providers.Catalog;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Agent.Tests.Providers.Catalog;

public sealed class ProviderCatalogTests
{
    [Fact]
    public async Task Names_OfTheBuiltInProviders_BeginWithTheLocalEngines()
    {
        await using var services = Services();
        var catalog = services.GetRequiredService<ProviderCatalog>();

        Assert.Equal("local/pocketsphinx", catalog.Names(ProviderKind.SpeechToText)[0]);
        Assert.Equal("local/dialogue", catalog.Names(ProviderKind.LanguageModel)[0]);
        Assert.Equal("local/flite", catalog.Names(ProviderKind.TextToSpeech)[0]);
    }

    [Theory]
    [InlineData(ProviderKind.TextToSpeech, "local/flit", "Did you mean 'local/flite'?")]
    [InlineData(ProviderKind.TextToSpeech, "locl/flite", "Did you mean 'local/flite'?")]
    [InlineData(ProviderKind.TextToSpeech, "flite", "Did you mean 'local/flite'?")]
    [InlineData(ProviderKind.TextToSpeech, "local/flite:slr", "Did you mean 'local/flite:slt'?")]
    [InlineData(ProviderKind.TextToSpeech, "local/flite:sandra", "slt, rms, awb, kal16")]
    [InlineData(ProviderKind.SpeechToText, "local/flite", "There are: local/pocketsphinx")]
    [InlineData(ProviderKind.SpeechToText, "local/flite", "it is a synthesizer (--tts), not a recogniser")]
    [InlineData(ProviderKind.SpeechToText, "openai/gpt-4.1-mini", "it is a language model (--llm), not a recogniser")]
    [InlineData(ProviderKind.LanguageModel, "openai/gpt-realtime", "it is a speech-to-speech model (--realtime), not a language model")]
    [InlineData(ProviderKind.LanguageModel, "openai/gpt-4o-mini-tts", "it is a synthesizer (--tts), not a language model")]
    [InlineData(ProviderKind.Realtime, "openai/gpt-4.1-mini", "it is a language model (--llm), not a speech-to-speech model")]
    [InlineData(ProviderKind.TextToSpeech, "deepgram/nova-3", "it is a recogniser (--stt), not a synthesizer")]
    [InlineData(ProviderKind.SpeechToText, "local/pocketsphinx:en", "has no variants")]
    [InlineData(ProviderKind.LanguageModel, "nobody/knows", "There are: local/dialogue")]
    [InlineData(ProviderKind.LanguageModel, "local/dialog", "Did you mean 'local/dialogue'?")]
    public async Task Validate_UnknownName_SaysWhatThereIs(ProviderKind kind, string name, string expected)
    {
        await using var services = Services();
        var catalog = services.GetRequiredService<ProviderCatalog>();

        var error = Assert.Throws<ConfigurationException>(() => catalog.Validate(kind, name));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public async Task Validate_EverythingLocal_Passes()
    {
        await using var services = Services();
        var catalog = services.GetRequiredService<ProviderCatalog>();

        catalog.Validate(ProviderKind.SpeechToText, "local/pocketsphinx");
        catalog.Validate(ProviderKind.LanguageModel, "local/dialogue");
        catalog.Validate(ProviderKind.TextToSpeech, "LOCAL/Flite:RMS");
    }

    [Fact]
    public async Task Validate_ModelFileMissing_NamesFileSettingAndPackage()
    {
        await using var services = Services(("Providers:Local:Pocketsphinx:LanguageModel", "/nowhere/en-us.lm.bin"));
        var catalog = services.GetRequiredService<ProviderCatalog>();

        var error = Assert.Throws<ConfigurationException>(() => catalog.Validate(ProviderKind.SpeechToText, "local/pocketsphinx"));

        Assert.Contains("/nowhere/en-us.lm.bin", error.Message, StringComparison.Ordinal);
        Assert.Contains("Providers:Local:Pocketsphinx:LanguageModel", error.Message, StringComparison.Ordinal);
        Assert.Contains("apt-get install pocketsphinx-en-us", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_OptionOutOfRange_NamesTheOption()
    {
        await using var services = Services(("Providers:Local:Flite:DurationStretch", "9"));

        var error = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<ProviderCatalog>().Validate(ProviderKind.TextToSpeech, "local/flite"));

        Assert.Equal("Providers:Local:Flite:DurationStretch is 9; it has to be 0.5 to 2.", error.Message);
    }

    [Fact]
    public async Task Get_SameNameTwice_IsTheSameInstance()
    {
        await using var services = Services();
        var catalog = services.GetRequiredService<ProviderCatalog>();

        Assert.Same(catalog.GetLanguageModel("local/dialogue"), catalog.GetLanguageModel(" LOCAL/dialogue"));
    }

    [Fact]
    public async Task Dispose_OfTheCatalog_DisposesWhatItMadeAndNothingElse()
    {
        var made = new List<OwnSpeech>();
        var services = new ServiceCollection().AddSingleton<IConfiguration>(new ConfigurationBuilder().Build()).AddLogging().AddProviders()
            .AddTextToSpeech("acme/loud", (_, name) => Made(name.ToString()))
            .AddTextToSpeech("acme/soft", (_, name) => Made(name.ToString()))
            .BuildServiceProvider();
        var loud = services.GetRequiredService<ProviderCatalog>().GetTextToSpeech("acme/loud");

        await services.DisposeAsync();

        Assert.Equal("acme/loud", Assert.Single(made).Name);
        Assert.True(Assert.IsType<OwnSpeech>(loud).IsDisposed);

        OwnSpeech Made(string name)
        {
            made.Add(new OwnSpeech(name));
            return made[^1];
        }
    }

    [Fact]
    public async Task Get_OwnProviderOfABuiltInName_Wins()
    {
        await using var services = new ServiceCollection().AddSingleton<IConfiguration>(new ConfigurationBuilder().Build()).AddLogging().AddProviders()
            .AddTextToSpeech("local/flite", (_, _) => new OwnSpeech("own")).BuildServiceProvider();

        Assert.Equal("own", services.GetRequiredService<ProviderCatalog>().GetTextToSpeech("local/flite:slt").Name);
    }

    [Fact]
    public async Task Get_ProviderThatCannotBeMade_CanBeTriedAgain()
    {
        var attempts = 0;
        await using var services = new ServiceCollection().AddSingleton<IConfiguration>(new ConfigurationBuilder().Build()).AddLogging().AddProviders()
            .AddTextToSpeech("acme/loud", (_, _) => ++attempts == 1 ? throw new ConfigurationException("Not yet.") : new OwnSpeech("own")).BuildServiceProvider();
        var catalog = services.GetRequiredService<ProviderCatalog>();

        Assert.Throws<ConfigurationException>(() => catalog.GetTextToSpeech("acme/loud"));

        Assert.Equal("own", catalog.GetTextToSpeech("acme/loud").Name);
    }

    [Fact]
    public async Task Get_VendorThatAcceptsOtherModels_PassesTheNameOn()
    {
        await using var services = new ServiceCollection().AddSingleton<IConfiguration>(new ConfigurationBuilder().Build()).AddLogging().AddProviders()
            .AddSingleton<IProviderFactory<ITextToSpeech>, OpenVendor>().BuildServiceProvider();

        Assert.Equal("acme/any/model:v1", services.GetRequiredService<ProviderCatalog>().GetTextToSpeech("Acme/any/model:v1").Name);
    }

    private static ServiceProvider Services(params (string Key, string Value)[] settings) =>
        new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build())
            .AddLogging()
            .AddProviders()
            .BuildServiceProvider();

    private sealed class OpenVendor : IProviderFactory<ITextToSpeech>
    {
        public string Vendor => "acme";

        public IReadOnlyList<string> Models => ["loud"];

        public bool AcceptsOtherModels => true;

        public void Validate(ProviderName name)
        {
        }

        public ITextToSpeech Create(ProviderName name) => new OwnSpeech(name.ToString());
    }

    private sealed class OwnSpeech(string name) : ITextToSpeech, IDisposable
    {
        public string Name => name;

        public bool IsDisposed { get; private set; }

        public TextToSpeechCapabilities Capabilities => new(16_000, WordTimings: false);

        public ValueTask<ISynthesis> BeginAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public void Dispose() => IsDisposed = true;
    }
}
