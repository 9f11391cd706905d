using Agent.Pipeline.Speech;
using Agent.Providers.Local.Flite;
using Agent.Providers.Local.Pocketsphinx;
using Microsoft.Extensions.Logging.Abstractions;

namespace Agent.Tests.Providers.Local;

/// <summary>One recogniser for all tests of a class: its models take a moment to load.</summary>
public sealed class LocalEngines : IAsyncDisposable
{
    internal PocketsphinxSpeechToText Recogniser { get; } = new(new PocketsphinxOptions(), NullLogger<PocketsphinxSpeechToText>.Instance);

    internal static async Task<short[]> SayAsync(string text, string voice = "slt")
    {
        await using var synthesizer = new FliteTextToSpeech(voice, new FliteOptions());
        return await SayAsync(synthesizer, text);
    }

    internal static async Task<short[]> SayAsync(ITextToSpeech synthesizer, string text)
    {
        await using var synthesis = await synthesizer.BeginAsync(TestContext.Current.CancellationToken);
        await synthesis.WriteAsync(text, TestContext.Current.CancellationToken);
        synthesis.Complete();
        var samples = new List<short>();
        await foreach (var piece in synthesis.ReadAsync(TestContext.Current.CancellationToken))
        {
            using (piece.Frame)
                samples.AddRange(piece.Frame.Samples.Span);
        }

        return [.. samples];
    }

    /// <summary>Everything recognised in the samples, up to the answer of one flush.</summary>
    internal async Task<IReadOnlyList<Transcript>> HearAsync(ReadOnlyMemory<short> samples)
    {
        await using var stream = await Recogniser.OpenAsync(TestContext.Current.CancellationToken);
        for (var at = 0; at < samples.Length; at += 160)
            stream.Push(samples.Span.Slice(at, Math.Min(160, samples.Length - at)));
        stream.Flush();
        return await ReadToFlushAsync(stream);
    }

    internal static async Task<IReadOnlyList<Transcript>> ReadToFlushAsync(ISpeechToTextStream stream)
    {
        var results = new List<Transcript>();
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(TimeSpan.FromMinutes(2));
        await foreach (var transcript in stream.ReadAsync(timeout.Token))
        {
            results.Add(transcript);
            if (transcript.Kind == TranscriptKind.Flushed)
                return results;
        }

        Assert.Fail("The stream ended before it answered the flush.");
        return results;
    }

    internal static string Finals(IEnumerable<Transcript> results) =>
        string.Join(' ', results.Where(r => r.Kind == TranscriptKind.Final).Select(r => r.Text));

    public ValueTask DisposeAsync() => Recogniser.DisposeAsync();
}
