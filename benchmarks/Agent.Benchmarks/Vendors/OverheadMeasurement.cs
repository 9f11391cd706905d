using Agent.LoopbackVendors.Engines;
using Agent.Pipeline.Ledger;
using Agent.Pipeline.Sessions;
using Agent.Pipeline.Sessions.Events;
using Agent.Providers.Catalog;
using Agent.Testing;
using Agent.Tests.Providers;
using Agent.Tests.Providers.Matrix;
using Microsoft.Extensions.DependencyInjection;

namespace Agent.Benchmarks.Vendors;

/// <summary>What we add to a turn ourselves: the time from the decision that the person's turn is over to the first sound, with vendors that answer at once.</summary>
internal sealed class OverheadMeasurement : IMeasurement
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    public string Name => "overhead";

    public string Description => "end of turn decided to first synthesized sample at playout, with each vendor's client and loopback vendors that answer at once; [TURNS]";

    public async Task RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var turns = arguments is [var count, ..] ? int.Parse(count, System.Globalization.CultureInfo.InvariantCulture) : 20;
        await using var vendors = await LoopbackProcess.StartAsync(cancellationToken);
        Console.WriteLine($"{"recogniser",-42}{"language model",-36}{"synthesizer",-34}{"p50",9}{"p95",9}   p50 of: {"first token",12}{"clause",9}{"sound",9}{"playout",9}");
        foreach (var (recogniser, model, voice) in Combinations())
        {
            // The first turns compile.
            var latencies = (await MeasureAsync(vendors, recogniser, model, voice, turns + 3, cancellationToken)).Skip(3).ToList();
            string Row(Func<TurnLatency, TimeSpan?> from, Func<TurnLatency, TimeSpan?> to, double share) =>
                Providers.SpokenAudio.Percentile([.. latencies.Where(l => from(l) is not null && to(l) is not null).Select(l => (to(l)! - from(l)!).Value.TotalMilliseconds)], share);
            Console.WriteLine(
                $"{recogniser?.Title ?? "-",-42}{model?.Title ?? "-",-36}{voice?.Title ?? "-",-34}{Row(l => l.EndOfTurn, l => l.FirstAudioInRoom, 0.5),6} ms{Row(l => l.EndOfTurn, l => l.FirstAudioInRoom, 0.95),6} ms           "
                + $"{Row(l => l.EndOfTurn, l => l.FirstToken, 0.5),9} ms{Row(l => l.FirstToken, l => l.FirstClause, 0.5),6} ms{Row(l => l.FirstClause, l => l.FirstAudioByte, 0.5),6} ms{Row(l => l.FirstAudioByte, l => l.FirstAudioInRoom, 0.5),6} ms");
        }
    }

    /// <summary>First no vendor at all, then each client in turn, until each of each kind has been there.</summary>
    private static IEnumerable<(VendorProvider? Recogniser, VendorProvider? Model, VendorProvider? Voice)> Combinations()
    {
        yield return (null, null, null);
        var recognisers = Of(ProviderKind.SpeechToText);
        var models = Of(ProviderKind.LanguageModel);
        var voices = Of(ProviderKind.TextToSpeech);
        for (var i = 0; i < Math.Max(recognisers.Length, Math.Max(models.Length, voices.Length)); i++)
            yield return (At(recognisers, i), At(models, i), At(voices, i));

        static VendorProvider[] Of(ProviderKind kind) => [.. VendorProvider.All.Where(each => each.Kind == kind)];
        static VendorProvider? At(VendorProvider[] all, int i) => all.Length == 0 ? null : all[i % all.Length];
    }

    private static async Task<List<TurnLatency>> MeasureAsync(
        LoopbackProcess vendors, VendorProvider? recogniser, VendorProvider? model, VendorProvider? voice, int turns, CancellationToken cancellationToken)
    {
        await using var services = vendors.Services([.. new[] { recogniser, model, voice }.OfType<VendorProvider>()]);
        var catalog = services.GetRequiredService<ProviderCatalog>();
        var engines = new EngineSet(new Agent.LoopbackVendors.Engines.ScriptedRecogniser(), new ScriptedDialogue(), new ToneSynthesizer());
        var agent = new AgentDefinition
        {
            VoiceActivity = new LoudnessModel(),
            SpeechToText = recogniser is null ? new EngineRecogniser("none/recogniser", engines.Recogniser) : catalog.GetSpeechToText(recogniser.Name),
            LanguageModel = model is null ? engines.Dialogue : catalog.GetLanguageModel(model.Name),
            TextToSpeech = voice is null ? new EngineVoice("none/voice", engines.Synthesizer) : catalog.GetTextToSpeech(voice.Name),
        };
        var options = new SessionOptions();
        options.Turns.Endpointing.MinDelay = TimeSpan.FromSeconds(0.1);
        options.Turns.Preemptive.Enabled = false;
        await using var conversation = LiveConversation.Start(agent, options);
        await conversation.ListensAsync(s_patience, cancellationToken);
        for (var i = 0; i < turns; i++)
        {
            var end = await conversation.SpeakAsync(TimeSpan.FromSeconds(0.4), cancellationToken);
            if (await conversation.VoiceAfterAsync(end, s_patience, cancellationToken) is null)
                throw new TimeoutException($"{recogniser}, {model}, {voice}: no answer within {s_patience.TotalSeconds} s. {string.Join(" ", conversation.Events.OfType<ProviderFailed>().Select(failed => failed.Error.Message))}");
            conversation.Session.Interrupt(force: true);
            var ended = i + 1;
            await conversation.SeeAsync(() => conversation.Events.OfType<TurnEnded>().Count() >= ended ? true : (bool?)null, s_patience, cancellationToken);
        }

        return [.. conversation.Events.OfType<TurnEnded>().Select(turn => turn.Entry.Latency)];
    }
}
