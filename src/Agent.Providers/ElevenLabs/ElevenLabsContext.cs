using Agent.Pipeline.Errors;
using Agent.Pipeline.Speech;
using Agent.Providers.Connections;
using Agent.Providers.ElevenLabs.Wire;
using Agent.Providers.Resilience;

namespace Agent.Providers.ElevenLabs;

/// <summary>One utterance at the service, on a connection that it shares with others.</summary>
internal sealed class ElevenLabsContext
{
    private const int MaxFrameBytes = 64 * 1024;

    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _sounds = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly AlignmentReader _alignment = new();
    private readonly PcmReader _pcm;
    private readonly ElevenLabsConnection _connection;
    private readonly IElevenLabsListener _listener;
    private readonly VendorCall _call;
    private readonly ITimer _watch;
    private readonly List<WordTiming> _words = [];
    private bool _isOver;
    private bool _isComplete;

    public ElevenLabsContext(ElevenLabsConnection connection, string id, int sampleRateHz, IElevenLabsListener listener, VendorCall call, TimeProvider time)
    {
        _connection = connection;
        _listener = listener;
        _call = call;
        _pcm = new PcmReader(sampleRateHz);
        Id = id;
        _watch = time.CreateTimer(_ => Fail(call.Late(VendorStage.Idle, call.Limit(VendorStage.Idle))), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public string Id { get; }

    /// <summary>Completes with the first sound, or with the end.</summary>
    public Task Sounds => _sounds.Task;

    /// <summary>Completes with the end of the utterance, or fails.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Opens the context; its settings are those of every context on the connection, so that none changes them.</summary>
    public ValueTask OpenAsync(VoiceSettings? settings, CancellationToken cancellationToken) =>
        _connection.SendAsync(new ContextMessage { ContextId = Id, Text = " ", VoiceSettings = settings }, cancellationToken);

    /// <summary>Says a clause. Sound of it, or of one before, has to come within a limit once there has been any.</summary>
    public async ValueTask SayAsync(string text, CancellationToken cancellationToken)
    {
        await _connection.SendAsync(new ContextMessage { ContextId = Id, Text = $"{text} ", Flush = true }, cancellationToken);
        Watch();
    }

    /// <summary>Says that the utterance still lasts.</summary>
    public ValueTask KeepAliveAsync(CancellationToken cancellationToken) => _connection.SendAsync(new ContextMessage { ContextId = Id, Text = "" }, cancellationToken);

    /// <summary>Says that no more text comes; the service tells when all is spoken.</summary>
    public async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        if (_isComplete)
            return;
        await _connection.SendAsync(new ContextMessage { ContextId = Id, CloseContext = true }, cancellationToken);
        _isComplete = true;
        Watch();
    }

    /// <summary>Takes what the service has sent. Called by the connection alone.</summary>
    public void Take(SpeechMessage message)
    {
        lock (_gate)
        {
            if (_isOver)
                return;
            _watch.Change(_isComplete ? _call.Limit(VendorStage.Idle) : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            if ((message.Alignment ?? message.NormalizedAlignment) is { } alignment)
                _alignment.Read(alignment, _pcm.Duration, _words);
            for (var rest = message.Audio.AsSpan(); !rest.IsEmpty; rest = rest[Math.Min(MaxFrameBytes, rest.Length)..])
            {
                if (_pcm.Read(rest[..Math.Min(MaxFrameBytes, rest.Length)]) is not { } frame)
                    continue;
                _listener.OnSound(new SynthesizedAudio(frame, TakeWords()));
                _sounds.TrySetResult();
            }

            if (message.IsFinal == true)
                End();
        }
    }

    /// <summary>The utterance cannot be finished.</summary>
    public void Fail(ProviderException error)
    {
        lock (_gate)
        {
            if (_isOver)
                return;
            _isOver = true;
        }

        if (error.Kind == ProviderErrorKind.Timeout)
            _connection.Retire();
        _watch.Dispose();
        _ended.TrySetException(error);
        _sounds.TrySetException(error);
        _ = _ended.Task.Exception;
        _ = _sounds.Task.Exception;
    }

    /// <summary>Nobody listens any more: nothing is heard of it from here on, and the service is told.</summary>
    public async ValueTask AbandonAsync(CancellationToken cancellationToken)
    {
        bool wasOver;
        lock (_gate)
            (wasOver, _isOver) = (_isOver, true);
        await _watch.DisposeAsync();
        await _connection.AbandonAsync(this, isOver: wasOver && _ended.Task.IsCompletedSuccessfully, cancellationToken);
    }

    private void Watch()
    {
        lock (_gate)
        {
            // Until the first sound the attempt has a limit of its own.
            if (!_isOver && _sounds.Task.IsCompleted)
                _watch.Change(_call.Limit(VendorStage.Idle), Timeout.InfiniteTimeSpan);
        }
    }

    private void End()
    {
        _alignment.Finish(_words);
        if (_words.Count > 0 && _pcm.Samples > 0 && _pcm.Read([0, 0]) is { } carrier)
            _listener.OnSound(new SynthesizedAudio(carrier, TakeWords()));
        _isOver = true;
        _watch.Dispose();
        _ended.TrySetResult();
        _sounds.TrySetResult();
    }

    private WordTiming[] TakeWords()
    {
        if (_words.Count == 0)
            return [];
        WordTiming[] words = [.. _words];
        _words.Clear();
        return words;
    }
}
