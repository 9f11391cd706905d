using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;
using Agent.LoopbackVendors.Engines;
using Agent.LoopbackVendors.Serving;
using Agent.Pipeline.Speech;

namespace Agent.LoopbackVendors.Deepgram;

/// <summary>One stream of <c>/v2/listen</c>: the state machine of developers.deepgram.com/docs/flux/state.</summary>
internal sealed class FluxSession : IAsyncDisposable
{
    private static readonly TimeSpan s_update = TimeSpan.FromMilliseconds(250);

    private readonly LoopbackSocket _socket;
    private readonly string _requestId;
    private readonly bool _isMultilingual;
    private readonly string?[] _hints;
    private readonly ListenAudio _audio;
    private readonly IRecogniserRun _engine;
    private readonly CancellationTokenSource _over;
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _order = new(1, 1);
    private readonly List<WordTiming> _settled = [];
    private IReadOnlyList<WordTiming> _words = [];
    private string?[] _keyterms;
    private double _threshold;
    private double? _eager;
    private TimeSpan _timeout;
    private int _sequence;
    private int _turn;
    private int _forcing;
    private bool _isOpen;
    private bool _isClosing;
    private bool _isSpeaking;
    private TimeSpan _turnStart;
    private TimeSpan _silentSince;
    private TimeSpan _told;

    public FluxSession(LoopbackSocket socket, VendorWorld world, IQueryCollection query, string requestId)
    {
        _socket = socket;
        _requestId = requestId;
        var rate = query.ContainsKey("sample_rate") ? int.Parse(query["sample_rate"].ToString(), CultureInfo.InvariantCulture) : 16_000;
        _isMultilingual = query["model"] == "flux-general-multi";
        _hints = [.. query["language_hint"]];
        _keyterms = [.. query["keyterm"]];
        _threshold = Number(query["eot_threshold"].ToString()) ?? 0.7;
        _eager = Number(query["eager_eot_threshold"].ToString());
        _timeout = TimeSpan.FromMilliseconds(Number(query["eot_timeout_ms"].ToString()) ?? 5_000);
        _audio = new ListenAudio(rate);
        _engine = world.Engines.Recogniser.Begin(rate);
        _over = CancellationTokenSource.CreateLinkedTokenSource(socket.Aborted);
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
        _over.Dispose();
        _order.Dispose();
    }

    private async Task HearAsync()
    {
        while (await _socket.ReceiveAsync(_over.Token) is { } message)
        {
            if (message.Type == WebSocketMessageType.Text ? await TakeAsync(message.Bytes) : await TakeAudioAsync(message.Bytes))
                return;
        }
    }

    /// <returns>Whether nothing more is heard.</returns>
    private async Task<bool> TakeAsync(ReadOnlyMemory<byte> json)
    {
        JsonElement message;
        try
        {
            using var document = JsonDocument.Parse(json);
            message = document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return await RefuseAsync("UNPARSABLE_CLIENT_MESSAGE");
        }

        var type = message.ValueKind == JsonValueKind.Object && message.TryGetProperty("type", out var named) ? named.ToString() : null;
        _socket.Request.Note(type ?? "garbage");
        switch (type)
        {
            case "ForceEndTurn":
                lock (_gate)
                    _forcing++;
                _engine.Flush();
                return false;
            case "Configure":
                await ConfigureAsync(message);
                return false;
            case "CloseStream":
                _isClosing = true;
                _engine.Flush();
                return true;
            default:
                return await RefuseAsync("UNPARSABLE_CLIENT_MESSAGE");
        }
    }

    private async Task<bool> TakeAudioAsync(ReadOnlyMemory<byte> bytes)
    {
        if (_audio.Read(bytes.Span) is not { } samples)
            return await RefuseAsync("INVALID_AUDIO");
        _engine.Push(samples);
        var received = _audio.Received;
        bool isLate;
        lock (_gate)
        {
            isLate = _isOpen && !_isSpeaking && received - _silentSince >= _timeout;
            if (!isLate && received - _told < s_update)
                return false;
        }

        if (isLate)
            await EndTurnAsync("timeout");
        else
            await SendTurnAsync("Update");
        return false;
    }

    /// <summary>Fatal errors: <c>ListenV2FatalError</c>. The codes other than <c>INTERNAL_SERVER_ERROR</c> are not documented.</summary>
    private async Task<bool> RefuseAsync(string code)
    {
        await SendAsync(number => new { type = "Error", sequence_id = number, code, description = "The message could not be understood." });
        await _socket.CloseAsync(1008, "DATA-0000", _over.Token);
        return true;
    }

    private async Task ConfigureAsync(JsonElement message)
    {
        if (message.TryGetProperty("language_hints", out _) && !_isMultilingual)
        {
            await SendAsync(number => new { type = "ConfigureFailure", request_id = _requestId, sequence_id = number });
            return;
        }

        if (message.TryGetProperty("thresholds", out var thresholds))
        {
            _threshold = thresholds.TryGetProperty("eot_threshold", out var threshold) ? threshold.GetDouble() : _threshold;
            _eager = thresholds.TryGetProperty("eager_eot_threshold", out var eager) ? eager.GetDouble() : _eager;
            _timeout = thresholds.TryGetProperty("eot_timeout_ms", out var timeout) ? TimeSpan.FromMilliseconds(timeout.GetDouble()) : _timeout;
        }

        if (message.TryGetProperty("keyterms", out var keyterms))
            _keyterms = [.. keyterms.EnumerateArray().Select(term => term.GetString())];
        await SendAsync(number => new
        {
            type = "ConfigureSuccess",
            request_id = _requestId,
            thresholds = new { eager_eot_threshold = _eager, eot_threshold = _threshold, eot_timeout_ms = _timeout.TotalMilliseconds },
            keyterms = _keyterms,
            sequence_id = number,
        });
    }

    private async Task TellAsync()
    {
        await SendAsync(number => new { type = "Connected", request_id = _requestId, sequence_id = number });
        try
        {
            await foreach (var heard in _engine.ReadAsync(_over.Token))
            {
                switch (heard.Kind)
                {
                    case HeardKind.Interim when heard.Words.Count > 0:
                        await HearWordsAsync(heard, isSettled: false);
                        break;
                    case HeardKind.Final when heard.Words.Count > 0:
                        await HearWordsAsync(heard, isSettled: true);
                        break;
                    case HeardKind.SpeechEnded:
                        await OnSilenceAsync(heard);
                        break;
                    case HeardKind.Flushed when TakeForce():
                        await ForceAsync();
                        break;
                    case HeardKind.Flushed:
                        if (_isOpen)
                            await EndTurnAsync("manual");
                        await _socket.CloseAsync(1000, reason: null, _over.Token);
                        _socket.Request.Note("completed");
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

    private bool TakeForce()
    {
        lock (_gate)
            return _forcing > 0 && _forcing-- > 0;
    }

    private bool IsForcing()
    {
        lock (_gate)
            return _forcing > 0;
    }

    private Task ForceAsync() => _isOpen
        ? EndTurnAsync("manual")
        : SendAsync(_ => new { type = "Warning", code = "FORCE_END_TURN_NO_ACTIVE_TURN", description = "Received ForceEndTurn while no turn was active; the request was ignored." }, isNumbered: false);

    private async Task HearWordsAsync(Heard heard, bool isSettled)
    {
        bool isNew;
        bool resumes;
        lock (_gate)
        {
            isNew = !_isOpen;
            resumes = !isNew && !_isSpeaking && _eager is not null;
            if (isNew)
                _turnStart = heard.Start;
            _isOpen = true;
            _isSpeaking = true;
            _words = [.. _settled, .. heard.Words];
            if (isSettled)
                _settled.AddRange(heard.Words);
        }

        await SendTurnAsync(isNew ? "StartOfTurn" : resumes ? "TurnResumed" : "Update");
    }

    private async Task OnSilenceAsync(Heard heard)
    {
        lock (_gate)
        {
            _isSpeaking = false;
            _silentSince = heard.End;
            if (!_isOpen)
                return;
        }

        if (IsForcing() || _isClosing)
            return;
        if (_eager is not null)
            await SendTurnAsync("EagerEndOfTurn");
        if (_threshold < 1)
            await EndTurnAsync("model");
    }

    private async Task EndTurnAsync(string trigger)
    {
        await SendTurnAsync("EndOfTurn", trigger);
        lock (_gate)
        {
            _isOpen = false;
            _isSpeaking = false;
            _words = [];
            _settled.Clear();
            _turn++;
        }
    }

    private Task SendTurnAsync(string what, string? trigger = null) => SendAsync(number =>
    {
        var received = _audio.Received;
        Dictionary<string, object> message;
        lock (_gate)
        {
            _told = received;
            var written = SpokenText.Punctuate(_words, isFinal: what is "EndOfTurn" or "EagerEndOfTurn");
            message = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["type"] = "TurnInfo",
                ["request_id"] = _requestId,
                ["sequence_id"] = number,
                ["event"] = what,
                ["turn_index"] = _turn,
                ["audio_window_start"] = Math.Round((_isOpen ? _turnStart : TimeSpan.Zero).TotalSeconds, 4),
                ["audio_window_end"] = Math.Round(received.TotalSeconds, 4),
                ["transcript"] = string.Join(' ', written),
                ["words"] = _words.Select((word, i) => new { word = written[i], confidence = 0.97, start = Math.Round(word.Start.TotalSeconds, 4), end = Math.Round(word.End.TotalSeconds, 4) }).ToArray(),
                ["end_of_turn_confidence"] = what switch { "EndOfTurn" => 0.9, "EagerEndOfTurn" => 0.5, _ => 0.1 },
            };
        }

        if (trigger is not null)
            message["trigger"] = trigger;
        if (_isMultilingual)
            (message["languages"], message["languages_hinted"]) = (new[] { "en" }, _hints);
        return message;
    });

    /// <summary>Messages go out in the order of their numbers. A warning has none, and takes none.</summary>
    private async Task SendAsync(Func<int, object> message, bool isNumbered = true)
    {
        await _order.WaitAsync(_over.Token);
        try
        {
            await _socket.SendTextAsync(JsonSerializer.SerializeToUtf8Bytes(message(isNumbered ? _sequence++ : -1)), _over.Token);
        }
        finally
        {
            _order.Release();
        }
    }

    private static double? Number(string text) => text.Length > 0 ? double.Parse(text, CultureInfo.InvariantCulture) : null;
}
