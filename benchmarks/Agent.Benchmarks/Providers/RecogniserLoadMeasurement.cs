using System.Diagnostics;
using Agent.Pipeline.Speech;
using Agent.Providers.Local.Flite;
using Agent.Providers.Local.Pocketsphinx;
using Microsoft.Extensions.Logging.Abstractions;

namespace Agent.Benchmarks.Providers;

/// <summary>How many people may speak at once before final results come late.</summary>
internal sealed class RecogniserLoadMeasurement : IMeasurement
{
    public string Name => "recogniser-load";

    public string Description => "local/pocketsphinx: N people speaking without pause in real time; CPU, memory and delay of finals for N = 0 (silence), 1, 4, 8, 12";

    public async Task RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        await using var synthesizer = new FliteTextToSpeech("rms", new FliteOptions());
        var samples = await SpokenAudio.SayAsync(synthesizer, "we are going to the beach with our children next summer", cancellationToken);
        Console.WriteLine($"{"speakers",-10}{"CPU",10}{"memory",12}{"final p50",12}{"final p95",12}{"dropped",10}");
        foreach (var speakers in (int[])[0, 1, 4, 8, 12])
        {
            await using var recogniser = new PocketsphinxSpeechToText(new PocketsphinxOptions { Decoders = Math.Max(1, speakers) }, NullLogger<PocketsphinxSpeechToText>.Instance);
            await recogniser.WarmAsync(Math.Max(1, speakers));
            var process = Process.GetCurrentProcess();
            var cpu = process.TotalProcessorTime;
            var clock = Stopwatch.StartNew();
            var runs = await Task.WhenAll(Enumerable.Range(0, Math.Max(1, speakers))
                .Select(i => SpeakAsync(recogniser, speakers == 0 ? new short[samples.Length] : samples, TimeSpan.FromMilliseconds(37 * i), cancellationToken)));
            process.Refresh();
            var delays = runs.SelectMany(r => r.Delays).ToList();
            Console.WriteLine($"{speakers,-10}{(process.TotalProcessorTime - cpu) / clock.Elapsed,10:P1}{process.WorkingSet64 >> 20,9} MB{SpokenAudio.Percentile(delays, 0.5),9} ms{SpokenAudio.Percentile(delays, 0.95),9} ms{runs.Sum(r => r.Dropped),10}");
        }
    }

    private static async Task<(List<double> Delays, long Dropped)> SpeakAsync(
        PocketsphinxSpeechToText recogniser, short[] samples, TimeSpan offset, CancellationToken cancellationToken)
    {
        await Task.Delay(offset, TimeProvider.System, cancellationToken);
        await using var stream = await recogniser.OpenAsync(cancellationToken);
        await using var results = stream.ReadAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var delays = new List<double>();
        for (var round = 0; round < 4; round++)
        {
            var clock = Stopwatch.StartNew();
            for (var at = 0; at < samples.Length;)
            {
                await timer.WaitForNextTickAsync(cancellationToken);
                var due = (int)Math.Min(samples.Length, clock.Elapsed.TotalSeconds * 16_000);
                stream.Push(samples.AsSpan(at, due - at));
                at = due;
            }

            clock.Restart();
            stream.Flush();
            while (await results.MoveNextAsync() && results.Current.Kind != TranscriptKind.Flushed)
            {
                // Interims and the final come first.
            }

            delays.Add(clock.Elapsed.TotalMilliseconds);
        }

        return (delays, ((PocketsphinxStream)stream).DroppedSamples);
    }
}
