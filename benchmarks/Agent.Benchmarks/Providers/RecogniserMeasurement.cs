using System.Diagnostics;
using Agent.Pipeline.Speech;
using Agent.Providers.Local.Flite;
using Agent.Providers.Local.Pocketsphinx;
using Microsoft.Extensions.Logging.Abstractions;

namespace Agent.Benchmarks.Providers;

/// <summary>Word error rate, processor time and the delay of final results of the local recogniser.</summary>
internal sealed class RecogniserMeasurement : IMeasurement
{
    public string Name => "recogniser";

    public string Description => "local/pocketsphinx: word error rate, CPU per audio second, flush to final [words: prints what was misheard]";

    public async Task RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var process = Process.GetCurrentProcess();
        var clock = Stopwatch.StartNew();
        await using var recogniser = new PocketsphinxSpeechToText(new PocketsphinxOptions(), NullLogger<PocketsphinxSpeechToText>.Instance);
        await recogniser.Loaded;
        Console.WriteLine($"first decoder loaded in {clock.ElapsedMilliseconds} ms");
        Console.WriteLine($"{"voice",-8}{"codec",-8}{"stream",-12}{"WER",8}{"CPU/s",10}{"alloc/s",12}{"final p50",12}{"final p95",12}");
        foreach (var voice in FliteVoice.Names)
        {
            await using var synthesizer = new FliteTextToSpeech(voice, new FliteOptions());
            foreach (var codec in (bool[])[false, true])
            {
                var spoken = new List<short[]>();
                foreach (var sentence in SpokenSentences.All)
                {
                    var samples = await SpokenAudio.SayAsync(synthesizer, sentence, cancellationToken);
                    spoken.Add(codec ? OpusPassage.Through(samples) : samples);
                }

                foreach (var fresh in (bool[])[true, false])
                {
                    var errors = new WordErrors();
                    var delays = new List<double>();
                    var audio = spoken.Sum(s => s.Length) / 16_000.0;
                    process.Refresh();
                    var cpu = process.TotalProcessorTime;
                    var allocated = GC.GetTotalAllocatedBytes();
                    ISpeechToTextStream? stream = null;
                    for (var i = 0; i < spoken.Count; i++)
                    {
                        if (fresh && stream is not null)
                            await stream.DisposeAsync();
                        if (fresh || stream is null)
                            stream = await recogniser.OpenAsync(cancellationToken);
                        var (heard, delay) = await HearAsync(stream, spoken[i], cancellationToken);
                        delays.Add(delay);
                        if (errors.Add(SpokenSentences.All[i], heard) > 0 && arguments.Contains("words", StringComparer.Ordinal))
                            Console.WriteLine($"    {SpokenSentences.All[i]} -> {heard}");
                    }

                    await stream!.DisposeAsync();
                    process.Refresh();
                    Console.WriteLine($"{voice,-8}{(codec ? "opus" : "-"),-8}{(fresh ? "new speaker" : "known"),-12}{errors.Rate,8:P1}{(process.TotalProcessorTime - cpu).TotalSeconds / audio,10:0.000}{(GC.GetTotalAllocatedBytes() - allocated) / audio / 1024,9:0.0} KB{SpokenAudio.Percentile(delays, 0.5),9} ms{SpokenAudio.Percentile(delays, 0.95),9} ms");
                }
            }
        }

        process.Refresh();
        Console.WriteLine($"resident memory {process.WorkingSet64 >> 20} MB");
    }

    /// <summary>Lets the decoder catch up before the flush, as it would have in a call, so that the delay is that of the end alone.</summary>
    private static async Task<(string Heard, double FinalMilliseconds)> HearAsync(ISpeechToTextStream stream, short[] samples, CancellationToken cancellationToken)
    {
        stream.Push(samples);
        await ((PocketsphinxStream)stream).CaughtUpAsync(cancellationToken);
        var clock = Stopwatch.StartNew();
        stream.Flush();
        var heard = "";
        await foreach (var result in stream.ReadAsync(cancellationToken))
        {
            if (result.Kind == TranscriptKind.Final)
                heard += " " + result.Text;
            if (result.Kind == TranscriptKind.Flushed)
                break;
        }

        return (heard, clock.Elapsed.TotalMilliseconds);
    }
}
