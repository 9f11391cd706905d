using System.Globalization;
using System.Net.WebSockets;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Agent.LoopbackVendors.Serving;

namespace Agent.LoopbackVendors.Deepgram;

/// <summary>One connection of <c>/v1/speak</c>, with the limits of developers.deepgram.com/docs/streaming-text-to-speech (2025-07-03).</summary>
internal sealed class AuraSession : IDisposable
{
    private const int MaxCharacters = 2_000;
    private const int CharactersPerMinute = 2_400;
    private const int FlushesPerMinute = 20;

    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(60);

    private readonly LoopbackSocket _socket;
    private readonly VendorWorld _world;
    private readonly string _requestId;
    private readonly string _model;
    private readonly int _rate;
    private readonly StringBuilder _text = new();
    private readonly Queue<(long At, int Characters)> _spoken = new();
    private readonly Queue<long> _flushes = new();

    // Bounded only by the limits above, which end the connection.
    private readonly Channel<(string Text, CancellationToken Cleared)> _work = Channel.CreateUnbounded<(string, CancellationToken)>();
    // Nothing of what was cleared follows "Cleared".
    private readonly SemaphoreSlim _order = new(1, 1);
    private CancellationTokenSource _cleared;
    private int _sequence;

    public AuraSession(LoopbackSocket socket, VendorWorld world, IQueryCollection query, string requestId)
    {
        _socket = socket;
        _world = world;
        _requestId = requestId;
        _model = query["model"].ToString();
        _rate = query.ContainsKey("sample_rate") ? int.Parse(query["sample_rate"].ToString(), CultureInfo.InvariantCulture) : 24_000;
        _cleared = CancellationTokenSource.CreateLinkedTokenSource(socket.Aborted);
    }

    public async Task RunAsync()
    {
        using (this)
        {
            await SendAsync(new { type = "Metadata", request_id = _requestId, model_name = _model, model_version = "2026-01-01.0", model_uuid = "ecb76e9d-f2db-4127-8060-79b05590d22f" });
            var speaking = SpeakAsync();
            while (await _socket.ReceiveAsync(_socket.Aborted) is { } message)
            {
                if (message.Type != WebSocketMessageType.Text)
                {
                    await _socket.CloseAsync(1003, "MESSAGE-0000", _socket.Aborted);
                    break;
                }

                if (await TakeAsync(message.Bytes))
                    break;
            }

            _work.Writer.TryComplete();
            await _cleared.CancelAsync();
            await speaking;
        }
    }

    public void Dispose()
    {
        _cleared.Dispose();
        _order.Dispose();
    }

    /// <returns>Whether nothing more is taken.</returns>
    private async Task<bool> TakeAsync(ReadOnlyMemory<byte> json)
    {
        string? type = null;
        string? text = null;
        try
        {
            using var document = JsonDocument.Parse(json);
            type = document.RootElement.GetProperty("type").GetString();
            text = type == "Speak" ? document.RootElement.GetProperty("text").GetString() : null;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // Told below, like any other message that is no command.
        }

        _socket.Request.Note(type ?? "garbage");
        switch (type)
        {
            case "Speak" when text is not null:
                return await TakeTextAsync(text);
            case "Flush":
                await FlushAsync();
                return false;
            case "Clear":
                await ClearAsync();
                return false;
            case "Close":
                await _socket.CloseAsync(1000, reason: null, CancellationToken.None);
                _socket.Request.Note("completed");
                return true;
            default:
                return await CloseAsync(1008, "DATA-0000");
        }
    }

    private async Task<bool> TakeTextAsync(string text)
    {
        if (text.Length > MaxCharacters)
            return await CloseAsync(1009, "BIG-0001");
        _spoken.Enqueue((_world.Time.GetTimestamp(), text.Length));
        while (_world.Time.GetElapsedTime(_spoken.Peek().At) > s_window)
            _spoken.Dequeue();
        if (_spoken.Sum(entry => entry.Characters) > CharactersPerMinute)
            return await CloseAsync(1008, "DATA-0001");
        _text.Append(text);
        return false;
    }

    private async Task FlushAsync()
    {
        _flushes.Enqueue(_world.Time.GetTimestamp());
        while (_world.Time.GetElapsedTime(_flushes.Peek()) > s_window)
            _flushes.Dequeue();
        if (_flushes.Count > FlushesPerMinute)
        {
            // That there is a warning is documented, its code is not.
            await SendAsync(new { type = "Warning", code = "TOO_MANY_FLUSHES", description = "No more flush messages are processed until the 60 second window has passed." });
            return;
        }

        _work.Writer.TryWrite((_text.ToString(), _cleared.Token));
        _text.Clear();
    }

    private async Task ClearAsync()
    {
        _text.Clear();
        var old = _cleared;
        _cleared = CancellationTokenSource.CreateLinkedTokenSource(_socket.Aborted);
        await old.CancelAsync();
        await InOrderAsync(() => SendAsync(new { type = "Cleared", sequence_id = _sequence++ }), CancellationToken.None);
        old.Dispose();
    }

    private async Task SpeakAsync()
    {
        await foreach (var (text, cleared) in _work.Reader.ReadAllAsync())
        {
            if (cleared.IsCancellationRequested)
                continue;
            try
            {
                if (text.Length > 0)
                    await SpeakAsync(text, cleared);
                await InOrderAsync(() => SendAsync(new { type = "Flushed", sequence_id = _sequence++ }), cleared);
            }
            catch (OperationCanceledException)
            {
                // Cleared, or the client has gone.
            }
        }
    }

    private async Task SpeakAsync(string text, CancellationToken cleared)
    {
        var speech = await _world.Engines.Synthesizer.SpeakAsync(text, _rate, cleared);
        var piece = _rate / 10;
        for (var at = 0; at < speech.Samples.Length; at += piece)
        {
            var bytes = MemoryMarshal.AsBytes(speech.Samples.AsSpan(at, Math.Min(piece, speech.Samples.Length - at))).ToArray();
            await InOrderAsync(() => _socket.SendBinaryAsync(bytes, _socket.Aborted), cleared);
        }
    }

    private async Task InOrderAsync(Func<Task> send, CancellationToken cleared)
    {
        await _order.WaitAsync(_socket.Aborted);
        try
        {
            cleared.ThrowIfCancellationRequested();
            await send();
        }
        finally
        {
            _order.Release();
        }
    }

    private async Task<bool> CloseAsync(int code, string reason)
    {
        await _socket.CloseAsync(code, reason, _socket.Aborted);
        return true;
    }

    private Task SendAsync(object message) => _socket.SendTextAsync(JsonSerializer.SerializeToUtf8Bytes(message), _socket.Aborted);
}
