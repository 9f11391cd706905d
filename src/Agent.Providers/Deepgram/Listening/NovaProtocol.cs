using System.Text.Json;
using Agent.Pipeline.Speech;
using Agent.Providers.Deepgram.Wire;

namespace Agent.Providers.Deepgram.Listening;

/// <summary>
/// <c>/v1/listen</c>: segments that change until they are final. The vendor answers <c>Finalize</c> with a final segment marked <c>from_finalize</c>, but does not
/// promise to when little was said: developers.deepgram.com/docs/finalize (2025-07-03).
/// </summary>
/// <param name="provider">The provider's name, for errors.</param>
/// <param name="language">The language asked for; null where the results tell.</param>
/// <param name="endsTurns">Whether the recogniser's own pauses end turns.</param>
internal sealed class NovaProtocol(string provider, string? language, bool endsTurns) : IListenProtocol
{
    private bool _hasWords;
    private string? _requestId;

    public ReadOnlyMemory<byte> FlushMessage => ClientMessages.Finalize;

    public ReadOnlyMemory<byte> KeepAliveMessage => ClientMessages.KeepAlive;

    public void Read(ReadOnlySpan<byte> utf8, IListenSink sink)
    {
        switch (DeepgramVendor.MessageTypes.Of(utf8))
        {
            case "Results":
                OnResults(JsonSerializer.Deserialize(utf8, DeepgramJson.Default.NovaResults)!, sink);
                break;
            case "UtteranceEnd":
                EndTurn(Time(JsonSerializer.Deserialize(utf8, DeepgramJson.Default.NovaUtteranceEnd)!.LastWordEnd), sink);
                break;
            case "SpeechStarted":
                // The session has its own voice activity detection.
                break;
            case "Metadata":
                _requestId = JsonSerializer.Deserialize(utf8, DeepgramJson.Default.ServerMetadata)!.RequestId;
                sink.Identify(_requestId);
                break;
            case "Error":
                var fault = JsonSerializer.Deserialize(utf8, DeepgramJson.Default.ServerFault)!;
                throw DeepgramErrors.Fatal(provider, fault.Code ?? fault.ErrCode, _requestId);
            case "Warning":
                sink.Warn(JsonSerializer.Deserialize(utf8, DeepgramJson.Default.ServerFault)!.Code);
                break;
            case var other:
                sink.Unknown(other);
                break;
        }
    }

    private static TimeSpan Time(double seconds) => TimeSpan.FromSeconds(seconds);

    private void OnResults(NovaResults results, IListenSink sink)
    {
        var end = Time(results.Start + results.Duration);
        if (results.Channel?.Alternatives is [{ Transcript.Length: > 0 } best, ..])
        {
            sink.Write(Result(results, best, end));
            _hasWords = true;
        }

        if (results.SpeechFinal)
            EndTurn(end, sink);
        if (results.FromFinalize)
            sink.AnswerFlush(end);
    }

    private void EndTurn(TimeSpan at, IListenSink sink)
    {
        if (!endsTurns || !_hasWords)
            return;
        _hasWords = false;
        sink.Write(new Transcript { Kind = TranscriptKind.EndOfTurn, Start = at, End = at, Language = language });
    }

    private Transcript Result(NovaResults results, NovaAlternative best, TimeSpan end)
    {
        var words = best.Words.Count == 0 ? [] : new WordTiming[best.Words.Count];
        for (var i = 0; i < words.Length; i++)
        {
            var word = best.Words[i];
            words[i] = new WordTiming(word.Punctuated ?? word.Text, Time(word.Start), Time(word.End));
        }

        return new Transcript
        {
            Kind = results.IsFinal ? TranscriptKind.Final : TranscriptKind.Interim,
            Text = best.Transcript,
            Start = words is [var first, ..] ? first.Start : Time(results.Start),
            End = words is [.., var last] ? last.End : end,
            Confidence = best.Confidence,
            Language = best.Languages is [var heard, ..] ? heard : language,
            Words = words,
        };
    }
}
