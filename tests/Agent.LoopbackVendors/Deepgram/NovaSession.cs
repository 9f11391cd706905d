using System.Globalization;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text.Json;
using Agent.LoopbackVendors.Engines;
using Agent.LoopbackVendors.Serving;

namespace Agent.LoopbackVendors.Deepgram;

/// <summary>One stream of <c>/v1/listen</c>.</summary>
internal sealed class NovaSession : IAsyncDisposable
{
    // developers.deepgram.com/docs/audio-keep-alive (2025-07-03).
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(10);

    // Audio that a Finalize answers even though nothing is in it; the page calls it "noticeable" without a number.
    private static readonly TimeSpan s_noticeable = TimeSpan.FromMilliseconds(100);

    private readonly LoopbackSocket _socket;
    private readonly string _requestId;
    private readonly ListenAudio _audio;
    private readonly IRecogniserRun _engine;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly CancellationTokenSource _over;
    private readonly CancellationTokenSource _silence;
    private readonly string _model;
    private readonly string _language;
    private readonly bool _interim;
    private readonly bool _punctuate;
    private readonly bool _vadEvents;
    private readonly bool _endpointing;
    private readonly TimeSpan? _utteranceEnd;
    private readonly Lock _gate = new();
    private int _finalizing;
    private bool _isClosing;
    private Heard? _held;
    private TimeSpan _finalized;
    private TimeSpan _reported;
    private TimeSpan? _lastWordEnd;

    public NovaSession(LoopbackSocket socket, VendorWorld world, IQueryCollection query, string requestId)
    {
        _socket = socket;
        _requestId = requestId;
        var rate = query.ContainsKey("sample_rate") ? int.Parse(query["sample_rate"].ToString(), CultureInfo.InvariantCulture) : 16_000;
        _audio = new ListenAudio(rate);
        _engine = world.Engines.Recogniser.Begin(rate);
        _over = CancellationTokenSource.CreateLinkedTokenSource(socket.Aborted);
        _silence = new CancellationTokenSource(Timeout.InfiniteTimeSpan, world.Time);
        _model = query["model"].ToString();
        _language = query["language"].ToString() is { Length: > 0 } language ? language : "en";
        _interim = query["interim_results"] == "true";
        _punctuate = query["punctuate"] == "true" || query["smart_format"] == "true";
        _vadEvents = query["vad_events"] == "true";
        _endpointing = query["endpointing"] != "false";
        _utteranceEnd = query["utterance_end_ms"].ToString() is { Length: > 0 } gap ? TimeSpan.FromMilliseconds(double.Parse(gap, CultureInfo.InvariantCulture)) : null;
    }

    public async Task RunAsync()
    {
        await using (this)
        {
            var telling = TellAsync();
            await HearAsync();
            if (!_isClosing)
                await _over.CancelAsync();
            await telling;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        _hash.Dispose();
        _over.Dispose();
        _silence.Dispose();
    }

    private async Task HearAsync()
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_over.Token, _silence.Token);
        while (true)
        {
            _silence.CancelAfter(s_silence);
            (WebSocketMessageType Type, ReadOnlyMemory<byte> Bytes)? received = null;
            var receiving = _socket.ReceiveAsync(_over.Token);
            await Task.WhenAny(receiving, Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, either.Token));
            if (!receiving.IsCompleted)
            {
                if (_silence.IsCancellationRequested)
                    await _socket.CloseAsync(1011, "Deepgram did not receive audio data or a text message within the timeout window. See https://dpgr.am/net0001", _over.Token);
                await _over.CancelAsync();
                await receiving;
                return;
            }

            received = await receiving;
            if (received is not { } message)
                return;
            if (message.Type == WebSocketMessageType.Text ? await TakeAsync(message.Bytes) : await TakeAudioAsync(message.Bytes))
                return;
        }
    }

    /// <returns>Whether nothing more is heard.</returns>
    private async Task<bool> TakeAsync(ReadOnlyMemory<byte> json)
    {
        var type = TypeOf(json);
        _socket.Request.Note(type ?? "garbage");
        switch (type)
        {
            case "KeepAlive":
                return false;
            case "Finalize":
                lock (_gate)
                    _finalizing++;
                _engine.Flush();
                return false;
            case "CloseStream":
                _isClosing = true;
                _engine.Flush();
                return true;
            default:
                await _socket.CloseAsync(1008, "DATA-0000", _over.Token);
                return true;
        }
    }

    private async Task<bool> TakeAudioAsync(ReadOnlyMemory<byte> bytes)
    {
        // An empty message is the older way to say that this is all.
        if (bytes.IsEmpty)
        {
            _isClosing = true;
            _engine.Flush();
            return true;
        }

        if (_audio.Read(bytes.Span) is not { } samples)
        {
            await _socket.CloseAsync(1008, "DATA-0000", _over.Token);
            return true;
        }

        _hash.AppendData(bytes.Span);
        _engine.Push(samples);
        await TellSilenceAsync();
        return false;
    }

    /// <summary>Results come also while nobody speaks, about once a second.</summary>
    private async Task TellSilenceAsync()
    {
        var received = _audio.Received;
        TimeSpan start;
        lock (_gate)
        {
            if (!_interim || received - _reported < TimeSpan.FromSeconds(1))
                return;
            start = _reported;
            _reported = received;
        }

        await SendAsync(Results(new Heard(HeardKind.Interim, start, received, []), isFinal: false, speechFinal: false, fromFinalize: false));
        if (_utteranceEnd is { } gap && _lastWordEnd is { } end && received - end >= gap)
        {
            _lastWordEnd = null;
            await SendAsync(new { type = "UtteranceEnd", channel = new[] { 0, 1 }, last_word_end = Seconds(end) });
        }
    }

    private async Task TellAsync()
    {
        try
        {
            await foreach (var heard in _engine.ReadAsync(_over.Token))
            {
                if (heard.Kind != HeardKind.SpeechEnded && heard.Kind != HeardKind.Flushed)
                    await LetGoAsync(fromFinalize: false);
                switch (heard.Kind)
                {
                    case HeardKind.SpeechStarted when _vadEvents:
                        await SendAsync(new { type = "SpeechStarted", channel = new[] { 0, 1 }, timestamp = Seconds(heard.Start) });
                        break;
                    case HeardKind.Interim when _interim:
                        await SendAsync(Results(heard, isFinal: false, speechFinal: false, fromFinalize: false));
                        break;
                    case HeardKind.Final:
                        _lastWordEnd = heard.End;
                        _held = heard;
                        if (!IsFinalizing() && !_isClosing)
                            await LetGoAsync(fromFinalize: false);
                        break;
                    case HeardKind.Flushed when IsFinalizing():
                        await AnswerAsync();
                        break;
                    case HeardKind.Flushed:
                        await LetGoAsync(fromFinalize: false);
                        await CloseAsync();
                        return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The client has gone. Whoever listens has noted that, unless the client had said before that this is all.
            if (_isClosing)
                _socket.Request.Note("aborted");
        }
    }

    private bool IsFinalizing()
    {
        lock (_gate)
            return _finalizing > 0;
    }

    /// <summary>The answer to Finalize: the last final, or an empty one, or none where hardly any audio has come since the last.</summary>
    private async Task AnswerAsync()
    {
        lock (_gate)
            _finalizing--;
        var received = _audio.Received;
        if (_held is not null)
            await LetGoAsync(fromFinalize: true);
        else if (received - _finalized >= s_noticeable)
            await SendAsync(Results(new Heard(HeardKind.Final, _finalized, received, []), isFinal: true, speechFinal: false, fromFinalize: true));
        _finalized = received;
    }

    private async Task LetGoAsync(bool fromFinalize)
    {
        if (_held is not { } held)
            return;
        _held = null;
        await SendAsync(Results(held, isFinal: true, speechFinal: _endpointing || fromFinalize, fromFinalize));
    }

    private async Task CloseAsync()
    {
        await SendAsync(new
        {
            type = "Metadata",
            transaction_key = "deprecated",
            request_id = _requestId,
            sha256 = Convert.ToHexStringLower(_hash.GetCurrentHash()),
            created = "2026-01-01T00:00:00.000Z",
            duration = Seconds(_audio.Received),
            channels = 1,
        });
        await _socket.CloseAsync(1000, reason: null, _over.Token);
        _socket.Request.Note("completed");
    }

    private object Results(Heard heard, bool isFinal, bool speechFinal, bool fromFinalize)
    {
        var written = _punctuate ? SpokenText.Punctuate(heard.Words, isFinal) : [.. heard.Words.Select(word => word.Text)];
        var start = heard.Words.Count > 0 ? heard.Words[0].Start : heard.Start;
        var end = fromFinalize ? _audio.Received : heard.End;
        lock (_gate)
            _reported = end > _reported ? end : _reported;
        return new
        {
            type = "Results",
            channel_index = new[] { 0, 1 },
            duration = Seconds(end - start),
            start = Seconds(start),
            is_final = isFinal,
            speech_final = speechFinal,
            channel = new
            {
                alternatives = new[]
                {
                    new
                    {
                        transcript = string.Join(' ', written),
                        confidence = heard.Words.Count == 0 ? 0.0 : 0.98,
                        languages = _language == "multi" ? new[] { "en" } : null,
                        words = heard.Words.Select((word, i) => new
                        {
                            word = word.Text.ToLowerInvariant(),
                            start = Seconds(word.Start),
                            end = Seconds(word.End),
                            confidence = 0.98,
                            punctuated_word = written[i],
                        }).ToArray(),
                    },
                },
            },
            metadata = new { request_id = _requestId, model_info = new { name = $"general-{_model}", version = "2026-01-01.0", arch = _model }, model_uuid = "c0d1a568-ce81-4fea-97e7-bd45cb1fdf3c" },
            from_finalize = fromFinalize,
        };
    }

    private Task SendAsync(object message) => _socket.SendTextAsync(JsonSerializer.SerializeToUtf8Bytes(message), _over.Token);

    private static double Seconds(TimeSpan time) => Math.Round(time.TotalSeconds, 4);

    private static string? TypeOf(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
