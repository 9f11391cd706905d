using System.Text.Json;
using Agent.Pipeline.Speech;
using Agent.Providers.Deepgram.Wire;

namespace Agent.Providers.Deepgram.Listening;

/// <summary>
/// <c>/v2/listen</c>: turns whose words change until the turn ends. A flush is <c>ForceEndTurn</c>: it is answered by an <c>EndOfTurn</c> with the trigger
/// <c>manual</c>, which is no decision of the recogniser's, or where no turn is open by a warning.
/// </summary>
/// <param name="provider">The provider's name, for errors.</param>
/// <param name="language">The language of the model; null where the results tell.</param>
internal sealed class FluxProtocol(string provider, string? language) : IListenProtocol
{
    private string? _requestId;

    public ReadOnlyMemory<byte> FlushMessage => ClientMessages.ForceEndTurn;

    /// <summary>None: the vendor closes the connection over messages that it does not know, and pings of the WebSocket suffice.</summary>
    public ReadOnlyMemory<byte> KeepAliveMessage => default;

    public void Read(ReadOnlySpan<byte> utf8, IListenSink sink)
    {
        switch (DeepgramVendor.MessageTypes.Of(utf8))
        {
            case "TurnInfo":
                OnTurn(JsonSerializer.Deserialize(utf8, DeepgramJson.Default.FluxTurnInfo)!, sink);
                break;
            case "Connected":
                _requestId = JsonSerializer.Deserialize(utf8, DeepgramJson.Default.ServerMetadata)!.RequestId;
                sink.Identify(_requestId);
                break;
            case "Error":
                throw DeepgramErrors.Fatal(provider, JsonSerializer.Deserialize(utf8, DeepgramJson.Default.ServerFault)!.Code, _requestId);
            case "Warning":
                OnWarning(JsonSerializer.Deserialize(utf8, DeepgramJson.Default.ServerFault)!.Code, sink);
                break;
            case "ConfigureSuccess" or "ConfigureFailure":
                // Nothing here configures a stream that is open.
                break;
            case var other:
                sink.Unknown(other);
                break;
        }
    }

    private static void OnWarning(string? code, IListenSink sink)
    {
        if (string.Equals(code, "FORCE_END_TURN_NO_ACTIVE_TURN", StringComparison.Ordinal))
            sink.AnswerFlush(end: null);
        else
            sink.Warn(code);
    }

    private void OnTurn(FluxTurnInfo turn, IListenSink sink)
    {
        var end = TimeSpan.FromSeconds(turn.AudioWindowEnd);
        var isEnd = string.Equals(turn.Event, "EndOfTurn", StringComparison.Ordinal);
        if (turn.Transcript.Length > 0)
            sink.Write(Result(turn, isEnd, end));
        if (!isEnd)
            return;
        if (string.Equals(turn.Trigger, "manual", StringComparison.Ordinal))
            sink.AnswerFlush(end);
        else
            sink.Write(new Transcript { Kind = TranscriptKind.EndOfTurn, Start = end, End = end, Language = LanguageOf(turn) });
    }

    private Transcript Result(FluxTurnInfo turn, bool isEnd, TimeSpan end)
    {
        var words = Words(turn.Words);
        return new Transcript
        {
            Kind = isEnd ? TranscriptKind.Final : TranscriptKind.Interim,
            Text = turn.Transcript,
            Start = words is [var first, ..] ? first.Start : TimeSpan.FromSeconds(turn.AudioWindowStart),
            End = words is [.., var last] ? last.End : end,
            Confidence = turn.Words.Count == 0 ? null : turn.Words.Average(static w => w.Confidence),
            Language = LanguageOf(turn),
            Words = words,
        };
    }

    private string? LanguageOf(FluxTurnInfo turn) => turn.Languages is [var heard, ..] ? heard : language;

    private static WordTiming[] Words(IReadOnlyList<FluxWord> words)
    {
        var timings = words.Count == 0 ? [] : new WordTiming[words.Count];
        for (var i = 0; i < timings.Length; i++)
        {
            if (words[i] is not { Start: { } start, End: { } end } word)
                return [];
            timings[i] = new WordTiming(word.Text, TimeSpan.FromSeconds(start), TimeSpan.FromSeconds(end));
        }

        return timings;
    }
}
