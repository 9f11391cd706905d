using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Agent.LoopbackVendors.Serving;

namespace Agent.LoopbackVendors.ElevenLabs;

/// <summary>One context: text is collected until it is flushed, or long enough, or at once in auto mode; then it is spoken in order.</summary>
internal sealed class ElevenLabsSocketContext : IAsyncDisposable
{
    /// <summary>How much text has to be there before it is spoken, for the first time, the second and so on: the service's own chunk_length_schedule.</summary>
    private static readonly int[] s_schedule = [120, 160, 250, 290];

    private readonly Channel<string> _texts = Channel.CreateUnbounded<string>();
    private readonly StringBuilder _buffer = new();
    private readonly LoopbackSocket _socket;
    private readonly ElevenLabsParameters _parameters;
    private readonly VendorWorld _world;
    private readonly Action<ElevenLabsSocketContext> _onEnd;
    private readonly Func<Task> _onSilence;
    private readonly ITimer _silence;
    private readonly CancellationTokenSource _stop;
    private readonly Task _speaking;
    private Task _givingUp = Task.CompletedTask;
    private int _spoken;

    public ElevenLabsSocketContext(
        string id,
        LoopbackSocket socket,
        ElevenLabsParameters parameters,
        VendorWorld world,
        string? voiceSettings,
        Action<ElevenLabsSocketContext> onEnd,
        Func<Task> onSilence,
        CancellationToken stop)
    {
        Id = id;
        VoiceSettings = voiceSettings;
        _socket = socket;
        _parameters = parameters;
        _world = world;
        _onEnd = onEnd;
        _onSilence = onSilence;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _silence = world.Time.CreateTimer(_ => _givingUp = _onSilence(), null, parameters.Inactivity, Timeout.InfiniteTimeSpan);
        _speaking = Task.Run(SpeakAsync, CancellationToken.None);
    }

    public string Id { get; }

    public string? VoiceSettings { get; }

    public bool IsClosed { get; private set; }

    public Task Ended => _speaking;

    /// <summary>Takes text; only white space opens a context and says nothing.</summary>
    public void Take(string text, bool flush)
    {
        _silence.Change(_parameters.Inactivity, Timeout.InfiniteTimeSpan);
        if (!string.IsNullOrWhiteSpace(text))
            _buffer.Append(text);
        if (_buffer.Length > 0 && (flush || _parameters.AutoMode || _buffer.Length >= s_schedule[Math.Min(_spoken, s_schedule.Length - 1)]))
        {
            _texts.Writer.TryWrite(_buffer.ToString());
            _buffer.Clear();
            _spoken++;
        }
    }

    /// <summary>No more text: what was flushed is still spoken, what was not is forgotten.</summary>
    public void Close()
    {
        IsClosed = true;
        _silence.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _texts.Writer.TryComplete();
    }

    public async ValueTask DisposeAsync()
    {
        await _silence.DisposeAsync();
        await _stop.CancelAsync();
        await _speaking;
        await _givingUp;
        _stop.Dispose();
    }

    private async Task SpeakAsync()
    {
        try
        {
            await foreach (var text in _texts.Reader.ReadAllAsync(_stop.Token))
            {
                var speech = await _world.Engines.Synthesizer.SpeakAsync(text, _parameters.SampleRateHz, _stop.Token);
                foreach (var piece in SpokenText.Cut(text, speech, _parameters.SampleRateHz))
                    await _socket.SendTextAsync(Message(piece), _stop.Token);
            }

            await _socket.SendTextAsync(new JsonObject { ["isFinal"] = true, ["contextId"] = Id }.ToJsonString(), _stop.Token);
        }
        catch (OperationCanceledException)
        {
            // The connection is over.
        }

        await _silence.DisposeAsync();
        _onEnd(this);
    }

    /// <summary>Times are those of the piece, not of the utterance. Without sync_alignment the real service sends alignments less often; here they always come.</summary>
    private string Message(SpokenPiece piece) => new JsonObject
    {
        ["audio"] = Convert.ToBase64String(piece.Pcm),
        ["isFinal"] = null,
        ["normalizedAlignment"] = Alignment(piece),
        ["alignment"] = Alignment(piece),
        ["contextId"] = Id,
    }.ToJsonString();

    private static JsonObject? Alignment(SpokenPiece piece) => piece.Characters.Count == 0
        ? null
        : new JsonObject
        {
            ["charStartTimesMs"] = new JsonArray([.. piece.StartsMs.Select(time => (JsonNode)time)]),
            ["charDurationsMs"] = new JsonArray([.. piece.DurationsMs.Select(time => (JsonNode)time)]),
            ["chars"] = new JsonArray([.. piece.Characters.Select(character => (JsonNode)character)]),
        };
}
