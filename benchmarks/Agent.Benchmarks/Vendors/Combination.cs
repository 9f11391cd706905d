using Agent.LoopbackVendors.Engines;
using Agent.Pipeline.Sessions;
using Agent.Providers.Catalog;
using Agent.Testing;
using Agent.Tests.Providers;
using Agent.Tests.Providers.Matrix;

namespace Agent.Benchmarks.Vendors;

/// <summary>The engines of an agent: one client of each kind, or an engine without a network where there is none; or a speech-to-speech model in their place.</summary>
internal sealed record Combination
{
    public VendorProvider? Recogniser { get; init; }

    public VendorProvider? Model { get; init; }

    public VendorProvider? Voice { get; init; }

    public VendorProvider? Realtime { get; init; }

    public IReadOnlyList<VendorProvider> Providers => [.. new[] { Recogniser, Model, Voice, Realtime }.OfType<VendorProvider>()];

    public AgentDefinition Agent(ProviderCatalog catalog)
    {
        var agent = new AgentDefinition { VoiceActivity = new LoudnessModel() };
        if (Realtime is not null)
            return agent with { RealtimeModel = catalog.GetRealtimeModel(Realtime.Name) };
        var engines = new EngineSet(new global::Agent.LoopbackVendors.Engines.ScriptedRecogniser(), new ScriptedDialogue(), new ToneSynthesizer());
        return agent with
        {
            SpeechToText = Recogniser is null ? new EngineRecogniser("none/recogniser", engines.Recogniser) : catalog.GetSpeechToText(Recogniser.Name),
            LanguageModel = Model is null ? engines.Dialogue : catalog.GetLanguageModel(Model.Name),
            TextToSpeech = Voice is null ? new EngineVoice("none/voice", engines.Synthesizer) : catalog.GetTextToSpeech(Voice.Name),
        };
    }

    public override string ToString() => Realtime is not null
        ? $"{Realtime.Title,-112}"
        : $"{Recogniser?.Title ?? "-",-42}{Model?.Title ?? "-",-36}{Voice?.Title ?? "-",-34}";
}
