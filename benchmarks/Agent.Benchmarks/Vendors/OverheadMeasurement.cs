using Agent.Pipeline.Ledger;
using Agent.Pipeline.Sessions;
using Agent.Pipeline.Sessions.Events;
using Agent.Providers.Catalog;
using Agent.Tests.Providers;
using Agent.Tests.Providers.Matrix;
using Microsoft.Extensions.DependencyInjection;

namespace Agent.Benchmarks.Vendors;

/// <summary>What we add to a turn ourselves: the time from the decision that the person's turn is over to the first sound, with vendors that answer at once.</summary>
internal sealed class OverheadMeasurement : IMeasurement
{
    private const int Rounds = 4;
    private const int WarmUpTurns = 3;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    public string Name => "overhead";

    public string Description => "end of turn decided to first synthesized sample at playout, with each vendor's client and loopback vendors that answer at once, in turns with each other; [TURNS]";

    public async Task RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var turns = arguments is [var count, ..] ? int.Parse(count, System.Globalization.CultureInfo.InvariantCulture) : 20;
        await using var vendors = await LoopbackProcess.StartAsync(cancellationToken);
        var combinations = Combinations().ToList();
        var latencies = combinations.ConvertAll(_ => new List<TurnLatency>());

        // Whoever came first would pay for the compilation of what all share; and what the machine does beside falls on all alike when they take turns.
        foreach (var combination in combinations)
            await MeasureAsync(vendors, combination, WarmUpTurns, cancellationToken);
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < combinations.Count; i++)
                latencies[i].AddRange(await MeasureAsync(vendors, combinations[i], (turns + Rounds - 1) / Rounds, cancellationToken));
        }

        Console.WriteLine($"{"recogniser",-42}{"language model",-36}{"synthesizer",-34}{"p50",9}{"p95",9}   p50 of: {"first token",12}{"clause",9}{"sound",9}{"playout",9}");
        for (var i = 0; i < combinations.Count; i++)
            Write(combinations[i], latencies[i]);
    }

    private static void Write(Combination combination, List<TurnLatency> latencies)
    {
        string Row(Func<TurnLatency, TimeSpan?> from, Func<TurnLatency, TimeSpan?> to, double share) =>
            Providers.SpokenAudio.Percentile([.. latencies.Where(l => from(l) is not null && to(l) is not null).Select(l => (to(l)! - from(l)!).Value.TotalMilliseconds)], share);
        Console.WriteLine(
            $"{combination}{Row(l => l.EndOfTurn, l => l.FirstAudioInRoom, 0.5),6} ms{Row(l => l.EndOfTurn, l => l.FirstAudioInRoom, 0.95),6} ms           "
            + $"{Row(l => l.EndOfTurn, l => l.FirstToken, 0.5),9} ms{Row(l => l.FirstToken, l => l.FirstClause, 0.5),6} ms{Row(l => l.FirstClause, l => l.FirstAudioByte, 0.5),6} ms{Row(l => l.FirstAudioByte, l => l.FirstAudioInRoom, 0.5),6} ms");
    }

    /// <summary>First no vendor at all, then each client in turn, until each of each kind has been there; then each speech-to-speech model.</summary>
    private static IEnumerable<Combination> Combinations()
    {
        yield return new Combination();
        var recognisers = Of(ProviderKind.SpeechToText);
        var models = Of(ProviderKind.LanguageModel);
        var voices = Of(ProviderKind.TextToSpeech);
        for (var i = 0; i < Math.Max(recognisers.Length, Math.Max(models.Length, voices.Length)); i++)
            yield return new Combination { Recogniser = At(recognisers, i), Model = At(models, i), Voice = At(voices, i) };
        foreach (var realtime in Of(ProviderKind.Realtime))
            yield return new Combination { Realtime = realtime };

        static VendorProvider[] Of(ProviderKind kind) => [.. VendorProvider.All.Where(each => each.Kind == kind)];
        static VendorProvider? At(VendorProvider[] all, int i) => all.Length == 0 ? null : all[i % all.Length];
    }

    private static async Task<List<TurnLatency>> MeasureAsync(LoopbackProcess vendors, Combination combination, int turns, CancellationToken cancellationToken)
    {
        await using var services = vendors.Services(combination.Providers);
        var options = new SessionOptions();
        if (combination.Realtime is null)
            options.Turns.Endpointing.MinDelay = TimeSpan.FromSeconds(0.1);
        options.Turns.Preemptive.Enabled = false;
        await using var conversation = LiveConversation.Start(combination.Agent(services.GetRequiredService<ProviderCatalog>()), options);
        await conversation.ListensAsync(s_patience, cancellationToken);
        for (var i = 0; i < turns; i++)
        {
            var end = await conversation.SpeakAsync(TimeSpan.FromSeconds(0.4), cancellationToken);
            if (await conversation.VoiceAfterAsync(end, s_patience, cancellationToken) is null)
                throw new TimeoutException($"{combination}: no answer within {s_patience.TotalSeconds} s. {string.Join(" ", conversation.Events.OfType<ProviderFailed>().Select(failed => failed.Error.Message))}");
            conversation.Session.Interrupt(force: true);
            var ended = i + 1;
            await conversation.SeeAsync(() => conversation.Events.OfType<TurnEnded>().Count() >= ended ? true : (bool?)null, s_patience, cancellationToken);
        }

        return [.. conversation.Events.OfType<TurnEnded>().Select(turn => turn.Entry.Latency)];
    }
}
