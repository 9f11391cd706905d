using Agent.Pipeline.Audio;
using Agent.Pipeline.Errors;
using Agent.Pipeline.Realtime;
using Agent.Pipeline.Rooms;
using Agent.Pipeline.Sessions;
using Agent.Pipeline.Speech;
using Agent.Pipeline.Vad;

namespace Agent.Pipeline.Listening;

/// <summary>
/// Listens to one participant: frames from the room go to voice activity and to the recogniser; starts and ends of speech and results come
/// out on the session's clock. Allocates nothing per frame.
/// </summary>
internal sealed class UserEar : IRecogniserListener
{
    // A room that delivers nothing for this long has lost the participant's audio; speech that was going on is over.
    private static readonly TimeSpan s_stall = TimeSpan.FromSeconds(0.5);

    // A voice is noticed a little after it began.
    private static readonly TimeSpan s_onset = TimeSpan.FromSeconds(0.2);

    private readonly IAudioInput _input;
    private readonly IVoiceActivityModel _model;
    private readonly VoiceActivityOptions _options;
    private readonly SessionClock _clock;
    private readonly IUserListener _listener;
    private readonly Recogniser? _recogniser;
    private readonly RealtimeInput? _realtime;
    private readonly AudioClock _audioClock = new();
    private readonly RecentAudio? _recent;
    private long _lastFrameTicks;
    private int _speaking;
    private int _stalled;

    internal UserEar(
        IAudioInput input,
        IVoiceActivityModel model,
        VoiceActivityOptions options,
        ISpeechToText? speechToText,
        SessionClock clock,
        IUserListener listener,
        bool keepsAudio = false,
        RealtimeInput? realtime = null,
        RecogniserOptions? recogniser = null)
    {
        _input = input;
        _model = model;
        _options = options;
        _clock = clock;
        _listener = listener;
        _recogniser = speechToText is null ? null : new Recogniser(speechToText, clock, this, recogniser);
        _realtime = realtime;
        _recent = keepsAudio ? new RecentAudio() : null;
    }

    /// <summary>The sound heard since a time, a moment before it included: 16 kHz, the last 8 s; empty when none is kept.</summary>
    internal ReadOnlyMemory<short> Recall(TimeSpan since) => _recent?.Since(_audioClock.PositionAt(since - s_onset)) ?? default;

    /// <summary>Asks for the final words of everything heard so far; false when nobody can answer.</summary>
    internal bool TryFlush() => _recogniser?.TryFlush() ?? false;

    /// <summary>What the recogniser has cost so far.</summary>
    internal SpeechUsage Usage => _recogniser?.Usage ?? SpeechUsage.None;

    /// <summary>Listens until the participant's audio ends or until cancelled.</summary>
    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var watch = _clock.Provider.CreateTimer(_ => NoticeStall(), null, s_stall / 2, s_stall / 2);
        var hearing = HearAsync(stop.Token);
        var recognising = _recogniser?.RunAsync(stop.Token) ?? hearing;
        await Task.WhenAny(recognising, hearing);
        stop.Cancel();
        try
        {
            await Task.WhenAll(recognising, hearing);
        }
        catch (OperationCanceledException)
        {
            // One of the two was ended because the other had; only the caller's own wish is passed on.
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    void IRecogniserListener.OnTranscript(Transcript transcript, long start, long end) =>
        _listener.OnTranscript(transcript, _audioClock.At(start), _audioClock.At(end));

    void IRecogniserListener.OnRecogniserFailed(ProviderException error) => _listener.OnRecogniserFailed(error);

    void IRecogniserListener.OnFlushGivenUp() => _listener.OnFlushGivenUp();

    void IRecogniserListener.OnRecogniserReplaced(ProviderException error, string by) => _listener.OnRecogniserReplaced(error, by);

    private async Task HearAsync(CancellationToken cancellationToken)
    {
        using var activity = new VoiceActivity(_model, _options);
        await foreach (var frame in _input.ReadAsync(cancellationToken))
        {
            using (frame)
                Hear(frame, activity);
        }

        Tell(activity.Stop());
    }

    private void Hear(AudioFrame frame, VoiceActivity activity)
    {
        var now = _clock.Now;
        Volatile.Write(ref _lastFrameTicks, now.Ticks);
        if (Interlocked.Exchange(ref _stalled, 0) != 0)
            activity.Stop();
        _audioClock.Arrived(frame.Position + frame.Samples.Length, now);
        _recent?.Add(frame.Samples.Span, frame.Position);
        _realtime?.Push(frame.Samples.Span);
        _recogniser?.Push(frame.Samples.Span, frame.Position);
        Tell(activity.Accept(frame));
    }

    private void Tell(SpeechBoundary boundary)
    {
        switch (boundary.Kind)
        {
            case SpeechBoundaryKind.Started:
                Volatile.Write(ref _speaking, 1);
                _recogniser?.SpeechBegins();
                _listener.OnUserStarted(_audioClock.At(boundary.Position));
                break;
            case SpeechBoundaryKind.Ended when Interlocked.Exchange(ref _speaking, 0) != 0:
                _recogniser?.SpeechEnds();
                _listener.OnUserStopped(_audioClock.At(boundary.Position));
                break;
        }
    }

    private void NoticeStall()
    {
        var last = new TimeSpan(Volatile.Read(ref _lastFrameTicks));
        if (_clock.Now - last < s_stall || Interlocked.Exchange(ref _speaking, 0) == 0)
            return;
        Volatile.Write(ref _stalled, 1);
        _recogniser?.SpeechEnds();
        _listener.OnUserStopped(last);
    }
}
