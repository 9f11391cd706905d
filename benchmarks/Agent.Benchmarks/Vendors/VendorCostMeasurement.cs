using System.Diagnostics;
using System.Globalization;
using Agent.LoopbackVendors.Engines;
using Agent.Pipeline.Realtime;
using Agent.Pipeline.Realtime.Events;
using Agent.Pipeline.Speech;
using Agent.Providers.Catalog;
using Agent.Tests.Providers;
using Agent.Tests.Providers.Matrix;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Agent.Benchmarks.Vendors;

/// <summary>What each vendor's client takes of the processor and of memory; the vendors run in another process.</summary>
internal sealed class VendorCostMeasurement : IMeasurement
{
    private const int Speed = 5;
    private const int AudioSeconds = 60;
    private const int Utterances = 40;
    private const string Text = "This is a sentence of the usual length, which somebody has to hear.";

    public string Name => "vendor-cost";

    public string Description => "CPU and allocation per audio second (recognisers, synthesizers, speech-to-speech models) and per reply (language models) of each vendor's client";

    public async Task RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        await using var vendors = await LoopbackProcess.StartAsync(cancellationToken);
        Console.WriteLine($"{"provider",-44}{"CPU",16}{"allocated",16}");
        await BaselineAsync(cancellationToken);
        foreach (var provider in VendorProvider.All)
        {
            await using var services = vendors.Services(provider);
            var catalog = services.GetRequiredService<ProviderCatalog>();

            // Once to compile, once to measure.
            await RunAsync(catalog, provider, cancellationToken);
            var process = Process.GetCurrentProcess();
            var cpu = process.TotalProcessorTime;
            var allocated = GC.GetTotalAllocatedBytes(precise: true);
            var units = await RunAsync(catalog, provider, cancellationToken);
            process.Refresh();
            var unit = provider.Kind == ProviderKind.LanguageModel ? "reply" : "s";
            Console.WriteLine($"{provider.Title,-44}{(process.TotalProcessorTime - cpu).TotalMilliseconds / units,8:0.00} ms/{unit,-5}{(GC.GetTotalAllocatedBytes(precise: true) - allocated) / units / 1024,8:0.0} KB/{unit}");
        }
    }

    /// <summary>What this measurement itself takes: the same sound, heard by an engine in this process.</summary>
    private static async Task BaselineAsync(CancellationToken cancellationToken)
    {
        var engine = new EngineRecogniser("none/recogniser", new ScriptedRecogniser());
        await HearAsync(engine, cancellationToken);
        var process = Process.GetCurrentProcess();
        var cpu = process.TotalProcessorTime;
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        await HearAsync(engine, cancellationToken);
        process.Refresh();
        Console.WriteLine($"{"(a recogniser without a vendor)",-44}{(process.TotalProcessorTime - cpu).TotalMilliseconds / AudioSeconds,8:0.00} ms/s    {(GC.GetTotalAllocatedBytes(precise: true) - allocated) / (double)AudioSeconds / 1024,8:0.0} KB/s");
    }

    private static async Task<double> RunAsync(ProviderCatalog catalog, VendorProvider provider, CancellationToken cancellationToken) => provider.Kind switch
    {
        ProviderKind.SpeechToText => await HearAsync(catalog.GetSpeechToText(provider.Name), cancellationToken),
        ProviderKind.TextToSpeech => await SpeakAsync(catalog.GetTextToSpeech(provider.Name), cancellationToken),
        ProviderKind.LanguageModel => await AnswerAsync(catalog.GetLanguageModel(provider.Name), cancellationToken),
        ProviderKind.Realtime => await TalkAsync(catalog.GetRealtimeModel(provider.Name), cancellationToken),
        _ => double.NaN,
    };

    /// <summary>The same sound as for a recogniser, and an answer to each of its turns.</summary>
    /// <returns>Seconds heard and spoken.</returns>
    private static async Task<double> TalkAsync(IRealtimeModel model, CancellationToken cancellationToken)
    {
        await using var connection = await model.OpenAsync(cancellationToken);
        connection.Begin(new RealtimeSetup { Transcribes = true });
        var reading = AnswersAsync(connection, cancellationToken);
        var frame = new short[model.Capabilities.InputSampleRateHz / 100];
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        for (var i = 0; i < AudioSeconds * 100; i++)
        {
            frame.AsSpan().Fill(i % 300 < 200 ? (short)4_000 : (short)0);
            connection.Push(frame);
            if (i % 300 == 230)
            {
                connection.Commit();
                connection.Respond(new RealtimeRequest(string.Create(CultureInfo.InvariantCulture, $"answer-{i}")));
            }

            if (i % Speed == 0)
                await timer.WaitForNextTickAsync(cancellationToken);
        }

        return AudioSeconds + await reading;
    }

    private static async Task<double> AnswersAsync(IRealtimeConnection connection, CancellationToken cancellationToken)
    {
        var seconds = 0.0;
        var answers = 0;
        await foreach (var realtimeEvent in connection.ReadAsync(cancellationToken))
        {
            if (realtimeEvent is RealtimeAudio { Frame: var frame })
            {
                seconds += frame.Duration.TotalSeconds;
                frame.Dispose();
            }
            else if (realtimeEvent is RealtimeAnswerEnded && ++answers == AudioSeconds / 3)
            {
                break;
            }
        }

        return seconds;
    }

    private static async Task<double> HearAsync(ISpeechToText recogniser, CancellationToken cancellationToken)
    {
        await using var stream = await recogniser.OpenAsync(cancellationToken);
        var reading = ReadAsync(stream, cancellationToken);
        var rate = recogniser.Capabilities.SampleRateHz;
        var frame = new short[rate / 100];
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        for (var i = 0; i < AudioSeconds * 100; i++)
        {
            // Two seconds of a voice, one of silence, in turn.
            var isLoud = i % 300 < 200;
            frame.AsSpan().Fill(isLoud ? (short)4_000 : (short)0);
            stream.Push(frame);
            if (i % 300 == 10)
                stream.SpeechBegins();
            if (i % 300 == 230)
                stream.Flush();
            if (i % Speed == 0)
                await timer.WaitForNextTickAsync(cancellationToken);
        }

        await reading;
        return AudioSeconds;
    }

    private static async Task ReadAsync(ISpeechToTextStream stream, CancellationToken cancellationToken)
    {
        var flushed = 0;
        await foreach (var result in stream.ReadAsync(cancellationToken))
        {
            if (result.Kind == TranscriptKind.Flushed && ++flushed == AudioSeconds / 3)
                return;
        }
    }

    private static async Task<double> SpeakAsync(ITextToSpeech synthesizer, CancellationToken cancellationToken)
    {
        var samples = 0L;
        for (var i = 0; i < Utterances; i++)
        {
            await using var synthesis = await synthesizer.BeginAsync(cancellationToken);
            await synthesis.WriteAsync(Text, cancellationToken);
            synthesis.Complete();
            await foreach (var piece in synthesis.ReadAsync(cancellationToken))
            {
                samples += piece.Frame.Samples.Length;
                piece.Frame.Dispose();
            }
        }

        return (double)samples / synthesizer.Capabilities.SampleRateHz;
    }

    private static async Task<double> AnswerAsync(IChatClient model, CancellationToken cancellationToken)
    {
        for (var i = 0; i < Utterances; i++)
        {
            await foreach (var _ in model.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, Text)], cancellationToken: cancellationToken))
            {
                // Every piece is read.
            }
        }

        return Utterances;
    }
}
