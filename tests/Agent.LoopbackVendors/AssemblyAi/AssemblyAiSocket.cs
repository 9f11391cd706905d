using System.Collections.Concurrent;
using System.Globalization;
using System.Net.WebSockets;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Agent.LoopbackVendors.Engines;
using Agent.LoopbackVendors.Serving;
using Agent.Pipeline.Speech;

namespace Agent.LoopbackVendors.AssemblyAi;

/// <summary>One session: audio in, turns out.</summary>
internal sealed class AssemblyAiSocket : IAsyncDisposable
{
    private const int MaxReasonBytes = 123;

    private static readonly HashSet<string> s_updatable = new(StringComparer.Ordinal)
    {
        "type", "end_of_turn_confidence_threshold", "min_end_of_turn_silence_when_confident", "min_turn_silence", "max_turn_silence", "vad_threshold", "format_turns", "keyterms_prompt",
        "prompt", "agent_context", "filter_profanity", "interruption_delay", "turn_left_pad_ms", "language_codes", "session_heartbeat", "acknowledge_silence",
    };

    private readonly LoopbackSocket _socket;
    private readonly AssemblyAiParameters _parameters;
    private readonly VendorWorld _world;
    private readonly IRecogniserRun _run;
    private readonly ConcurrentQueue<bool> _flushesThatEnd = new();
    private readonly long _began;
    private IReadOnlyList<WordTiming> _open = [];
    private bool _formatTurns;
    private long _samples;
    private int _turn;

    public AssemblyAiSocket(LoopbackSocket socket, AssemblyAiParameters parameters, VendorWorld world)
    {
        _socket = socket;
        _parameters = parameters;
        _world = world;
        _formatTurns = parameters.FormatTurns;
        _run = world.Engines.Recogniser.Begin(parameters.SampleRateHz);
        _began = world.Time.GetTimestamp();
    }

    /// <summary>Refuses or ends a session: the whole text in a message, the close's reason as far as it has room.</summary>
    public static async Task EndAsync(LoopbackSocket socket, int code, string words)
    {
        socket.Request.Note($"error {code}");
        await socket.SendTextAsync(new JsonObject { ["type"] = "Error", ["error_code"] = code, ["error"] = words }.ToJsonString(), socket.Aborted);
        await socket.CloseAsync(code, words.Length <= MaxReasonBytes ? words : "See Error message for details", socket.Aborted);
        await socket.ReceiveAsync(socket.Aborted);
    }

    public async Task RunAsync()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_socket.Aborted);
        await _socket.SendTextAsync(
            new JsonObject
            {
                ["type"] = "Begin",
                ["id"] = Guid.NewGuid().ToString(),
                ["expires_at"] = (_world.Time.GetUtcNow() + TimeSpan.FromHours(3)).ToUnixTimeSeconds(),
            }.ToJsonString(),
            stop.Token);
        var telling = TellAsync(stop.Token);
        try
        {
            while (await _socket.ReceiveAsync(stop.Token) is { } message)
            {
                if (await TakeAsync(message.Type, message.Bytes) is not { } error)
                    continue;
                await EndAsync(_socket, error.Code, error.Words);
                break;
            }
        }
        finally
        {
            await stop.CancelAsync();
            await telling;
        }
    }

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    private async Task<(int Code, string Words)?> TakeAsync(WebSocketMessageType type, ReadOnlyMemory<byte> bytes)
    {
        if (type == WebSocketMessageType.Binary)
            return TakeAudio(bytes.Span);
        JsonNode? json;
        try
        {
            json = JsonNode.Parse(bytes.Span);
        }
        catch (JsonException)
        {
            return (3006, "Invalid JSON");
        }

        if (json is not JsonObject message || message["type"] is not JsonValue value || value.GetValueKind() != JsonValueKind.String)
            return (3006, "Invalid Message");
        var name = value.GetValue<string>();
        _socket.Request.Note(name);
        switch (name)
        {
            case "ForceEndpoint" or "Terminate":
                _flushesThatEnd.Enqueue(name == "Terminate");
                _run.Flush();
                return null;
            case "KeepAlive":
                return null;
            case "UpdateConfiguration" when message.All(field => s_updatable.Contains(field.Key)):
                _formatTurns = message["format_turns"]?.GetValue<bool>() ?? _formatTurns;
                return null;
            case "UpdateConfiguration":
                return (3006, "Invalid Message: unknown configuration");
            default:
                await Task.CompletedTask;
                return (3006, $"Invalid Message Type: {name}");
        }
    }

    private (int Code, string Words)? TakeAudio(ReadOnlySpan<byte> bytes)
    {
        var milliseconds = 1000.0 * bytes.Length / (2 * _parameters.SampleRateHz);
        if (bytes.Length % 2 != 0 || milliseconds is < 50 or > 1000)
            return (3007, string.Create(CultureInfo.InvariantCulture, $"Input duration violation: {milliseconds:0.##} ms. Expected between 50 and 1000 ms"));
        var samples = MemoryMarshal.Cast<byte, short>(bytes);
        _samples += samples.Length;
        _run.Push(samples);
        return null;
    }

    private async Task TellAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var heard in _run.ReadAsync(cancellationToken))
            {
                switch (heard.Kind)
                {
                    case HeardKind.SpeechStarted when _parameters.SpeechModel.StartsWith('u') && _parameters.SpeechModel.Contains('3', StringComparison.Ordinal):
                        await _socket.SendTextAsync(new JsonObject { ["type"] = "SpeechStarted", ["timestamp"] = (long)heard.Start.TotalMilliseconds }.ToJsonString(), cancellationToken);
                        break;
                    case HeardKind.Interim when heard.Words.Count > 0:
                        _open = heard.Words;
                        await _socket.SendTextAsync(Turn(heard.Words, isOver: false, isFormatted: false).ToJsonString(), cancellationToken);
                        break;
                    case HeardKind.Final when heard.Words.Count > 0:
                        await EndTurnAsync(heard.Words, cancellationToken);
                        break;
                    case HeardKind.Flushed:
                        // Words that were told are the turn's, also when the engine has thought better of them.
                        if (_open.Count > 0)
                            await EndTurnAsync(_open, cancellationToken);
                        if (!_flushesThatEnd.TryDequeue(out var ends) || !ends)
                            break;
                        await TerminateAsync(cancellationToken);
                        return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The connection is over.
        }
    }

    private async Task EndTurnAsync(IReadOnlyList<WordTiming> words, CancellationToken cancellationToken)
    {
        await _socket.SendTextAsync(Turn(words, isOver: true, isFormatted: false).ToJsonString(), cancellationToken);
        if (_formatTurns)
            await _socket.SendTextAsync(Turn(words, isOver: true, isFormatted: true).ToJsonString(), cancellationToken);
        _turn++;
        _open = [];
    }

    private async Task TerminateAsync(CancellationToken cancellationToken)
    {
        var session = _world.Time.GetElapsedTime(_began);
        await _socket.SendTextAsync(
            new JsonObject
            {
                ["type"] = "Termination",
                ["audio_duration_seconds"] = (long)Math.Round((double)_samples / _parameters.SampleRateHz),
                ["session_duration_seconds"] = (long)Math.Round(session.TotalSeconds),
            }.ToJsonString(),
            cancellationToken);
        await _socket.CloseAsync((int)WebSocketCloseStatus.NormalClosure, reason: null, cancellationToken);
    }

    /// <summary>The type is the last field, as the service has it.</summary>
    private JsonObject Turn(IReadOnlyList<WordTiming> words, bool isOver, bool isFormatted)
    {
        var final = isOver ? words.Count : words.Count - 1;
        var shown = words.Select((word, i) => isFormatted ? Formatted(word.Text, i == 0, i == words.Count - 1) : word.Text).ToArray();
        var turn = new JsonObject
        {
            ["turn_order"] = _turn,
            ["turn_is_formatted"] = isFormatted,
            ["end_of_turn"] = isOver,
            ["transcript"] = string.Join(' ', shown.Take(final)),
            ["end_of_turn_confidence"] = isOver ? 0.91 : 0.02,
            ["words"] = new JsonArray([.. words.Select((word, i) => new JsonObject
            {
                ["start"] = (long)word.Start.TotalMilliseconds,
                ["end"] = (long)word.End.TotalMilliseconds,
                ["text"] = shown[i],
                ["confidence"] = 0.97,
                ["word_is_final"] = i < final,
            })]),
            ["utterance"] = isOver && !isFormatted ? string.Join(' ', shown) : "",
        };
        if (isOver && _parameters.LanguageDetection)
        {
            turn["language_code"] = "en";
            turn["language_confidence"] = 0.99;
        }

        turn["type"] = "Turn";
        return turn;
    }

    private static string Formatted(string word, bool isFirst, bool isLast) =>
        (isFirst && word.Length > 0 ? char.ToUpperInvariant(word[0]) + word[1..] : word) + (isLast ? "." : "");
}
