using Agent.Providers.Catalog;
using Agent.Tests.Providers;

namespace Agent.Tests.EndToEnd.Vendors;

/// <summary>
/// The worker as operators start it, with nothing but environment variables and <c>start --stt … --llm … --tts …</c>, in a spoken conversation over real media. Each
/// vendor's protocol is really spoken; behind it, engines of this machine hear, decide and speak.
/// </summary>
[Collection(nameof(RealTime))]
public sealed class VendorWorkerTests(LiveKitServerFixture fixture) : IClassFixture<LiveKitServerFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Combinations in which each client of each kind occurs.</summary>
    public static TheoryData<string, string, string> Combinations => new()
    {
        { "deepgram/nova-3", "openai/gpt-4.1-mini", "openai/gpt-4o-mini-tts" },
        { "assemblyai/universal-streaming-english", "anthropic/claude-haiku-4-5", "elevenlabs/eleven_flash_v2_5" },
        { "azure/speech:en-US", "azure-openai/my-deployment", "azure/en-US-AvaMultilingualNeural" },
        { "deepgram/flux-general-en", "openai/gpt-4.1-mini (Responses)", "deepgram/aura-2-thalia-en" },
        { "openai/gpt-4o-transcribe:en", "anthropic/claude-haiku-4-5", "openai/gpt-4o-mini-tts" },
        { "openai/whisper-1", "openai/gpt-4.1-mini", "deepgram/aura-2-thalia-en" },
    };

    [Theory]
    [MemberData(nameof(Combinations))]
    public async Task Worker_FromItsEnvironmentAlone_HoldsASpokenConversation(string speechToText, string languageModel, string textToSpeech)
    {
        VendorProvider[] providers = [.. ((string[])[speechToText, languageModel, textToSpeech]).Select(title => VendorProvider.All.Single(each => each.Title == title))];
        await using var conversation = await WorkerConversation.StartAsync(
            fixture, "vendors", providers.SelectMany(each => each.Settings), "--stt", providers[0].Name, "--llm", providers[1].Name, "--tts", providers[2].Name);

        await conversation.Talk.AskAsync(new("hello my name is john", Expected: "john"), Stop);
        await conversation.Talk.AskAsync(new("what is my name", Expected: "john"), Stop);

        conversation.AssertWentWell();
        Assert.All(providers, each => Assert.NotEmpty(conversation.Vendors.Requests.Of(each.Endpoint)));
    }

    [Fact]
    public void Combinations_OfAll_HoldEachClientOfEachKind()
    {
        var names = Combinations.SelectMany(row => (string[])[row.Data.Item1, row.Data.Item2, row.Data.Item3]).ToHashSet(StringComparer.Ordinal);

        Assert.Subset(names, VendorProvider.All.Where(provider => provider.Kind != ProviderKind.Realtime).Select(provider => provider.Title).ToHashSet(StringComparer.Ordinal));
    }
}
