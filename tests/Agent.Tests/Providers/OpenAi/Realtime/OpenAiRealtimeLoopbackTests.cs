using Agent.LoopbackVendors.Engines;
using Agent.Pipeline.Realtime;
using Agent.Tests.Providers.Contracts;

namespace Agent.Tests.Providers.OpenAi.Realtime;

/// <summary>The contract that runs with the real service, here against the loopback vendor.</summary>
public sealed class OpenAiRealtimeLoopbackTests : RealtimeContract, IAsyncLifetime
{
    private readonly ScriptedRecogniser _recogniser = new();
    private ProviderStage? _stage;

    public async ValueTask InitializeAsync()
    {
        _recogniser.Expect([.. Enumerable.Repeat(Sentence, 10)]);
        _stage = await ProviderStage.StartAsync(new EngineSet(_recogniser, new ScriptedDialogue(), new ToneSynthesizer()));
    }

    public ValueTask DisposeAsync() => _stage?.DisposeAsync() ?? ValueTask.CompletedTask;

    protected override IRealtimeModel Create() => _stage!.Catalog.GetRealtimeModel("openai/gpt-realtime");
}
