using Agent.LiveKit.Rtc.Audio;
using Agent.LiveKit.Rtc.Native;
using Agent.LiveKit.Rtc.Native.Messages;
using Agent.LiveKit.Rtc.Native.Protocol;
using Agent.Pipeline.Errors;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Agent.LiveKit.Rtc;

/// <summary>
/// Our own sound on its way into a room: 10 ms frames of 16-bit mono, sent in real time. One frame waits ahead of the one that is being
/// sent, so that <see cref="Clear"/> silences at once: the native library holds no queue of its own.
/// </summary>
public sealed class AudioSource : ICaptureSink, IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly AsyncSignal _wake = new();
    private readonly AsyncSignal _slotFreed = new();
    private readonly IFrameClock _clock;
    private readonly IFrameAlarm _alarm;
    private readonly ILogger _logger;
    private readonly ulong _captureId;
    private readonly short[] _slot;
    private readonly short[] _sending;
    private readonly Task _sender;
    private PacingSchedule _schedule;
    private bool _hasFrame;
    private bool _wantsFrame;
    private bool _isStopped;
    private volatile bool _isCapturing;
    private volatile bool _wantsCapture;
    private long _failed;

    /// <summary>Makes a source. The native library is loaded if it is not yet.</summary>
    /// <param name="options">Rate and silence.</param>
    /// <param name="loggerFactory">Where problems are logged.</param>
    /// <exception cref="ConfigurationException">The native library is missing.</exception>
    public AudioSource(AudioSourceOptions? options = null, ILoggerFactory? loggerFactory = null)
        : this(RtcRuntime.Client(new RtcRuntimeOptions { LoggerFactory = loggerFactory ?? NullLoggerFactory.Instance }), options ?? new AudioSourceOptions(), FrameClock.Shared, loggerFactory)
    {
    }

    internal AudioSource(FfiClient client, AudioSourceOptions options, IFrameClock clock, ILoggerFactory? loggerFactory = null)
    {
        options.Validate();
        Client = client;
        SampleRateHz = options.SampleRateHz;
        _clock = clock;
        _logger = (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger<AudioSource>();
        _slot = new short[SampleRateHz / 100];
        _sending = new short[SampleRateHz / 100];
        _schedule = new PacingSchedule(clock.Frequency, Ticks(options.Grace), options.SilenceTail is { } tail ? Ticks(tail) : long.MaxValue);
        // No queue in the native library: exactly 10 ms at a time, the lowest latency, and nothing there to be cleared.
        var response = client.Request(new FfiRequest
        {
            NewAudioSource = new NewAudioSourceRequest
            {
                Type = AudioSourceType.AudioSourceNative,
                SampleRate = (uint)SampleRateHz,
                NumChannels = 1,
                QueueSizeMs = 0,
            },
        });
        Handle = client.Own(response.NewAudioSource.Source.Handle);
        _captureId = client.NextAsyncId();
        client.RouteCapture(_captureId, this);
        _alarm = clock.Register(_wake);
        _sender = Task.Run(SendAsync);
    }

    /// <summary>Samples per second that <see cref="WriteAsync"/> takes.</summary>
    public int SampleRateHz { get; }

    /// <summary>Times at which silence had to take the place of a late frame; the end of each run of sound counts as one.</summary>
    public long Underruns
    {
        get
        {
            lock (_gate)
                return _schedule.Underruns;
        }
    }

    /// <summary>Frames that the native library did not take.</summary>
    public long FailedFrames => Interlocked.Read(ref _failed);

    internal FfiClient Client { get; }

    internal FfiHandle Handle { get; }

    /// <summary>
    /// Gives the next 10 ms. Completes when the frame is being sent and the next may be given, which paces the caller to real time.
    /// The samples are copied before the method returns. One writer.
    /// </summary>
    /// <param name="samples">Exactly <see cref="SampleRateHz"/> / 100 samples.</param>
    /// <param name="cancellationToken">Ends the wait; the frame may still be sent unless <see cref="Clear"/> is called.</param>
    /// <exception cref="ArgumentException">Not exactly 10 ms.</exception>
    /// <exception cref="ObjectDisposedException">The source is disposed.</exception>
    public ValueTask WriteAsync(ReadOnlyMemory<short> samples, CancellationToken cancellationToken = default)
    {
        if (samples.Length != _slot.Length)
            throw new ArgumentException($"A frame has {samples.Length} samples; 10 ms at {SampleRateHz} Hz are {_slot.Length}.", nameof(samples));
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled(cancellationToken);
        if (TryFill(samples.Span))
            return _slotFreed.WaitAsync(cancellationToken);
        return WriteWhenFreeAsync(samples, cancellationToken);
    }

    /// <summary>Throws away what was written and not yet sent. Stop the writer first, or its next frame follows.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            if (!_hasFrame)
                return;
            _hasFrame = false;
        }

        _slotFreed.Set();
    }

    /// <summary>Stops sending.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
            _isStopped = true;
        _wake.Set();
        await _sender;
        _slotFreed.Set();
        _alarm.Dispose();
        Client.UnrouteCapture(_captureId);
        Handle.Dispose();
    }

    void ICaptureSink.OnCaptured(bool failed)
    {
        if (failed)
            Interlocked.Increment(ref _failed);
        _isCapturing = false;
        // Either this sees that somebody waits, or the waiter sees that there is nothing to wait for.
        Interlocked.MemoryBarrier();
        if (_wantsCapture)
            _wake.Set();
    }

    private bool TryFill(ReadOnlySpan<short> samples)
    {
        bool isWanted;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isStopped, this);
            if (_hasFrame)
                return false;
            samples.CopyTo(_slot);
            _hasFrame = true;
            _slotFreed.Reset();
            isWanted = _wantsFrame;
            _wantsFrame = false;
        }

        if (isWanted)
            _wake.Set();
        return true;
    }

    /// <summary>Only after a cancelled write, whose frame is still there.</summary>
    private async ValueTask WriteWhenFreeAsync(ReadOnlyMemory<short> samples, CancellationToken cancellationToken)
    {
        do
            await _slotFreed.WaitAsync(cancellationToken);
        while (!TryFill(samples.Span));
        await _slotFreed.WaitAsync(cancellationToken);
    }

    private async Task SendAsync()
    {
        while (true)
        {
            if (_isCapturing && _schedule.IsDue(_clock.Now) && !await CapturedAsync())
                return;
            PacingStep step;
            long wakeAt;
            lock (_gate)
            {
                if (_isStopped)
                    return;
                step = _schedule.Next(_clock.Now, _hasFrame);
                wakeAt = _schedule.WakeAt;
                _wantsFrame = step is PacingStep.WaitForFrame or PacingStep.Idle;
                if (step == PacingStep.SendFrame)
                {
                    _slot.CopyTo(_sending, 0);
                    _hasFrame = false;
                }
            }

            switch (step)
            {
                case PacingStep.SendFrame:
                    Capture();
                    _slotFreed.Set();
                    continue;
                case PacingStep.SendSilence:
                    Array.Clear(_sending);
                    Capture();
                    continue;
                case PacingStep.Wait or PacingStep.WaitForFrame:
                    _alarm.Arm(wakeAt);
                    break;
            }

            await _wake.WaitAsync();
        }
    }

    /// <summary>Waits until the frame before has been taken: a second one meanwhile would fail.</summary>
    private async ValueTask<bool> CapturedAsync()
    {
        _wantsCapture = true;
        Interlocked.MemoryBarrier();
        while (_isCapturing)
        {
            await _wake.WaitAsync();
            lock (_gate)
            {
                if (_isStopped)
                    return false;
            }
        }

        _wantsCapture = false;
        return true;
    }

    private unsafe void Capture()
    {
        Span<byte> request = stackalloc byte[CaptureMessage.MaxLength];
        _isCapturing = true;
        fixed (short* samples = _sending)
        {
            // The library copies the samples before the request returns.
            var length = CaptureMessage.Write(request, Handle.Id, (ulong)samples, SampleRateHz, _sending.Length, _captureId);
            if (Client.Library.Request(request[..length], response: null))
                return;
        }

        _isCapturing = false;
        if (Interlocked.Increment(ref _failed) == 1)
            RtcLog.CaptureFailed(_logger);
    }

    private long Ticks(TimeSpan time) => (long)(time.TotalSeconds * _clock.Frequency);
}
