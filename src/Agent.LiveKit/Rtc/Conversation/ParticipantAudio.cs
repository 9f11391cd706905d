using System.Runtime.CompilerServices;
using Agent.LiveKit.Rtc.Audio;
using Agent.Pipeline.Audio;
using Agent.Pipeline.Rooms;

namespace Agent.LiveKit.Rtc.Conversation;

/// <summary>
/// One participant's voice, whatever track carries it at the moment. Positions go on over mute, unpublish and republish: they are the
/// time since reading began, in samples.
/// </summary>
internal sealed class ParticipantAudio(TimeProvider time) : IAudioInput
{
    private const int SampleRateHz = 16_000;
    private const int FrameSamples = SampleRateHz / 100;

    private readonly Lock _gate = new();
    private readonly AsyncSignal _changed = new();
    private RemoteAudioTrack? _track;
    private bool _isEnded;
    private int _readers;

    /// <summary>The voice comes by this track from now on, or by none.</summary>
    internal void Follow(RemoteAudioTrack? track)
    {
        lock (_gate)
            _track = track;
        _changed.Set();
    }

    /// <summary>The voice comes by this track no more.</summary>
    internal void Lose(RemoteTrack track)
    {
        lock (_gate)
        {
            if (ReferenceEquals(_track, track))
                _track = null;
        }
    }

    /// <summary>The participant has left.</summary>
    internal void End()
    {
        lock (_gate)
            _isEnded = true;
        _changed.Set();
    }

    public async IAsyncEnumerable<AudioFrame> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _readers, 1) != 0)
            throw new InvalidOperationException("Somebody reads this participant's voice already.");
        try
        {
            var began = time.GetTimestamp();
            long position = 0;
            while (true)
            {
                if (!TryOpen(out var stream, out var isEnded))
                {
                    if (isEnded)
                        yield break;
                    await _changed.WaitAsync(cancellationToken);
                    continue;
                }

                using (stream)
                {
                    var start = Math.Max(position, (long)(time.GetElapsedTime(began).TotalSeconds * 100) * FrameSamples);
                    await foreach (var frame in stream!.ReadAsync(cancellationToken))
                    {
                        frame.Position += start;
                        position = frame.Position + FrameSamples;
                        yield return frame;
                    }
                }
            }
        }
        finally
        {
            Volatile.Write(ref _readers, 0);
        }
    }

    private bool TryOpen(out AudioStream? stream, out bool isEnded)
    {
        RemoteAudioTrack? track;
        lock (_gate)
        {
            track = _track;
            isEnded = _isEnded;
            // Taken: when the stream ends the track is over, and the next one is announced.
            _track = null;
        }

        stream = null;
        if (track is null)
            return false;
        isEnded = false;
        stream = track.TryOpenStream(new AudioStreamOptions { SampleRateHz = SampleRateHz });
        return stream is not null;
    }
}
