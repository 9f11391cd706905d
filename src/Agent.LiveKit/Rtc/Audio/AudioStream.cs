using System.Runtime.CompilerServices;
using Agent.LiveKit.Rtc.Audio;
using Agent.LiveKit.Rtc.Native;
using Agent.LiveKit.Rtc.Native.Messages;
using Agent.LiveKit.Rtc.Native.Protocol;
using Agent.Pipeline.Audio;

namespace Agent.LiveKit.Rtc;

/// <summary>
/// Somebody's sound as frames of 10 ms, mono, 16 bits. A muted track goes on with silence; the stream ends when the track is
/// unpublished or unsubscribed, or the room is left.
/// </summary>
public sealed class AudioStream : IAudioFrameSink, IDisposable
{
    /// <summary>A pause in the arrival that is one in the sound, too; a shorter one is a burst in the making.</summary>
    private static readonly TimeSpan s_gap = TimeSpan.FromSeconds(1);

    private readonly RemoteAudioTrack _track;
    private readonly AudioFrameQueue _queue;
    private readonly TimeProvider _time;
    private readonly int _sampleRateHz;
    private readonly int _frameSamples;
    private FfiHandle? _handle;
    private long _position;
    private long _lastArrival;
    private long _irregular;
    private int _ended;

    internal AudioStream(RemoteAudioTrack track, AudioStreamOptions options, TimeProvider time)
    {
        _track = track;
        _time = time;
        _sampleRateHz = options.SampleRateHz;
        _frameSamples = options.SampleRateHz / 100;
        _queue = new AudioFrameQueue((int)(options.MaxQueue.TotalMilliseconds / 10));
    }

    /// <summary>Samples per second of every frame.</summary>
    public int SampleRateHz => _sampleRateHz;

    /// <summary>Frames of 10 ms that were dropped because the reader was late.</summary>
    public long DroppedFrames => _queue.Dropped;

    /// <summary>Frames that were dropped because they were not what was asked for; 0 unless the native library misbehaves.</summary>
    public long IrregularFrames => Interlocked.Read(ref _irregular);

    /// <summary>
    /// The frames, each the reader's own to dispose. Positions count samples since the stream was opened; frames that were dropped,
    /// and time in which nothing arrived, are skipped in them. One reader.
    /// </summary>
    public async IAsyncEnumerable<AudioFrame> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (true)
        {
            bool isEnded;
            while (_queue.TryTake(out var frame, out isEnded))
                yield return frame!;
            if (isEnded)
                yield break;
            await _queue.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Stops receiving and drops what was not read.</summary>
    public void Dispose()
    {
        End();
        _queue.Drain();
        _track.Remove(this);
    }

    internal static AudioStream Open(RemoteAudioTrack track, AudioStreamOptions options)
    {
        var stream = new AudioStream(track, options, TimeProvider.System);
        using var use = track.Handle.Use();
        var response = track.Client.Request(new FfiRequest
        {
            NewAudioStream = new NewAudioStreamRequest
            {
                TrackHandle = use.Id,
                Type = AudioStreamType.AudioStreamNative,
                SampleRate = (uint)options.SampleRateHz,
                NumChannels = 1,
            },
        });
        stream._handle = track.Client.Own(response.NewAudioStream.Stream.Handle);
        track.Client.RouteAudio(stream._handle.Id, stream);
        return stream;
    }

    internal void End()
    {
        if (Interlocked.Exchange(ref _ended, 1) == 0 && _handle is { } handle)
        {
            _track.Client.UnrouteAudio(handle.Id);
            handle.Dispose();
        }

        _queue.End();
    }

    unsafe void IAudioFrameSink.OnFrame(in AudioFrameMessage message)
    {
        if (message.Channels != 1 || message.SampleRateHz != _sampleRateHz || message.SamplesPerChannel != _frameSamples || message.Data == 0)
        {
            Interlocked.Increment(ref _irregular);
            return;
        }

        var frame = AudioFrame.Rent(_sampleRateHz, _frameSamples, Advance());
        new ReadOnlySpan<short>((void*)message.Data, _frameSamples).CopyTo(frame.Writable);
        _queue.Add(frame);
    }

    void IAudioFrameSink.OnEnd() => _queue.End();

    private long Advance()
    {
        var now = _time.GetTimestamp();
        if (_lastArrival != 0 && _time.GetElapsedTime(_lastArrival, now) is var pause && pause > s_gap)
            _position += (long)(pause.TotalSeconds * 100) * _frameSamples - _frameSamples;
        _lastArrival = now;
        var position = _position;
        _position += _frameSamples;
        return position;
    }
}
