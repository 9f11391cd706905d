using System.Diagnostics;
using Agent.Providers.Local.Flite;

namespace Agent.Benchmarks.Providers;

/// <summary>How soon and how cheaply the local synthesizer speaks.</summary>
internal sealed class SynthesizerMeasurement : IMeasurement
{
    public string Name => "synthesizer";

    public string Description => "local/flite: text to first sample, CPU and allocation per audio second, for each voice";

    public async Task RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        Console.WriteLine($"{"voice",-8}{"first p50",12}{"first p95",12}{"CPU/s",10}{"alloc/s",12}");
        foreach (var voice in FliteVoice.Names)
        {
            await using var synthesizer = new FliteTextToSpeech(voice, new FliteOptions());
            await SpokenAudio.SayAsync(synthesizer, SpokenSentences.All[0], cancellationToken);
            var firsts = new List<double>();
            var samples = 0L;
            var process = Process.GetCurrentProcess();
            var cpu = process.TotalProcessorTime;
            var allocated = GC.GetTotalAllocatedBytes();
            foreach (var sentence in SpokenSentences.All)
            {
                var clock = Stopwatch.StartNew();
                await using var synthesis = await synthesizer.BeginAsync(cancellationToken);
                await synthesis.WriteAsync(sentence + ".", cancellationToken);
                synthesis.Complete();
                var first = true;
                await foreach (var piece in synthesis.ReadAsync(cancellationToken))
                {
                    if (first)
                        firsts.Add(clock.Elapsed.TotalMilliseconds);
                    first = false;
                    samples += piece.Frame.Samples.Length;
                    piece.Frame.Dispose();
                }
            }

            var audio = samples / 16_000.0;
            process.Refresh();
            Console.WriteLine($"{voice,-8}{SpokenAudio.Percentile(firsts, 0.5),9} ms{SpokenAudio.Percentile(firsts, 0.95),9} ms{(process.TotalProcessorTime - cpu).TotalSeconds / audio,10:0.000}{(GC.GetTotalAllocatedBytes() - allocated) / audio / 1024,9:0.0} KB");
        }
    }
}
