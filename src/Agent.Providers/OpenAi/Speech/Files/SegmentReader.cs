using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Agent.Pipeline.Speech;
using Agent.Providers.OpenAi.Speech.Http;
using Agent.Providers.OpenAi.Speech.Segments;
using Agent.Providers.OpenAi.Speech.Wire;
using Agent.Providers.OpenAi.Wire;
using Agent.Providers.Vendors;

namespace Agent.Providers.OpenAi.Speech.Files;

/// <summary>Has one segment understood after the other, or several side by side.</summary>
internal sealed class SegmentReader(FileTranscription provider)
{
    private const int LongestAnswer = 4 * 1024 * 1024;

    /// <summary>The vendor understands a segment when it has the whole; each second of sound may cost it this much longer.</summary>
    private const double WaitPerSecond = 0.1;

    private long _inputTokens;
    private long _outputTokens;

    /// <summary>Tokens counted so far.</summary>
    public SpeechUsage Tokens => new(TimeSpan.Zero, InputTokens: Interlocked.Read(ref _inputTokens), OutputTokens: Interlocked.Read(ref _outputTokens));

    /// <summary>Asks for a segment's text and writes what comes.</summary>
    /// <exception cref="Pipeline.Errors.ProviderException">The vendor failed.</exception>
    public async Task ReadAsync(FileSegment segment, CancellationToken cancellationToken)
    {
        var more = TimeSpan.FromSeconds(WaitPerSecond * segment.Sound!.Samples / FileTranscription.SampleRateHz);

        // Somebody waits for the answer to what was said; where there is none in time, whoever holds the audio asks again, or asks another.
        using var body = await provider.Http.SendWithinAsync(more, () => provider.Requests.Make(segment.Sound), cancellationToken);
        if (body.MediaType == "text/event-stream")
            await ReadEventsAsync(body, segment, cancellationToken);
        else
            await ReadAnswerAsync(body, segment, cancellationToken);
    }

    private async Task ReadEventsAsync(ResponseBody body, FileSegment segment, CancellationToken cancellationToken)
    {
        var words = new StringBuilder();
        var isDone = false;
        await foreach (var data in EventStream.ReadAsync(body, provider.Name, cancellationToken))
        {
            var said = Parse(data.Span, OpenAiSpeechJson.Default.TranscriptionStreamEvent, body.RequestId);
            if (said.Error is { } error)
                throw OpenAiErrors.Reported(provider.Name, error.Type, error.Code, body.RequestId);
            switch (said.Type)
            {
                case "transcript.text.delta":
                    words.Append(said.Delta);
                    Write(segment, TranscriptKind.Interim, words.ToString(), [], Language(said.Languages));
                    break;
                case "transcript.text.done":
                    isDone = true;
                    Count(said.Usage);
                    Write(segment, TranscriptKind.Final, said.Text ?? words.ToString(), [], Language(said.Languages));
                    break;
                default:
                    // Events that come to be.
                    break;
            }
        }

        if (!isDone)
            throw VendorErrors.Lost(provider.Name, body.RequestId);
    }

    private async Task ReadAnswerAsync(ResponseBody body, FileSegment segment, CancellationToken cancellationToken)
    {
        var answer = new ArrayBufferWriter<byte>(16 * 1024);
        while (await body.ReadAsync(cancellationToken) is { IsEmpty: false } bytes)
        {
            answer.Write(bytes.Span);
            if (answer.WrittenCount > LongestAnswer)
                throw VendorErrors.Garbled(provider.Name, $"an answer of more than {LongestAnswer} bytes", body.RequestId);
        }

        var read = Parse(answer.WrittenSpan, OpenAiSpeechJson.Default.TranscriptionResponse, body.RequestId);
        Count(read.Usage);
        Write(segment, TranscriptKind.Final, read.Text, Words(read.Words, segment.Span), Language(read.Languages));
    }

    private T Parse<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type, string? requestId)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json, type) ?? throw VendorErrors.Garbled(provider.Name, "an empty answer", requestId);
        }
        catch (JsonException)
        {
            throw VendorErrors.Garbled(provider.Name, "an answer that cannot be read", requestId);
        }
    }

    private void Count(TranscriptionUsage? usage)
    {
        Interlocked.Add(ref _inputTokens, usage?.InputTokens ?? 0);
        Interlocked.Add(ref _outputTokens, usage?.OutputTokens ?? 0);
    }

    private string? Language(IReadOnlyList<HeardLanguage>? heard) => heard is [var first, ..] ? first.Code : provider.Model.Language;

    private static IReadOnlyList<WordTiming> Words(IReadOnlyList<TranscribedWord>? words, SegmentSpan span)
    {
        if (words is not { Count: > 0 })
            return [];
        var from = Time(span.From);
        return [.. words.Select(word => new WordTiming(word.Word.Trim(), from + TimeSpan.FromSeconds(word.Start), from + TimeSpan.FromSeconds(Math.Max(word.Start, word.End))))];
    }

    private static void Write(FileSegment segment, TranscriptKind kind, string words, IReadOnlyList<WordTiming> timings, string? language)
    {
        words = words.Trim();
        if (words.Length == 0)
            return;

        // The vendor's words are where it says they are; what our own ear noticed gives the limits where it says nothing.
        var start = Time(segment.Span.VoiceFrom);
        var end = Time(segment.Span.VoiceTo);
        segment.Results.Writer.TryWrite(new Transcript
        {
            Kind = kind,
            Text = words,
            Start = timings.Count > 0 && timings[0].Start < start ? timings[0].Start : start,
            End = timings.Count > 0 && timings[^1].End > end ? timings[^1].End : end,
            Language = language,
            Words = timings,
        });
    }

    private static TimeSpan Time(long position) => TimeSpan.FromTicks(position * TimeSpan.TicksPerSecond / FileTranscription.SampleRateHz);
}
