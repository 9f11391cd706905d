using Agent.LiveKit.Rtc.Native;
using Agent.LiveKit.Rtc.Native.Protocol;

namespace Agent.LiveKit.Rtc;

/// <summary>Somebody else's sound as it arrives here.</summary>
public sealed class RemoteAudioTrack : RemoteTrack
{
    private readonly Lock _gate = new();
    private readonly List<AudioStream> _streams = [];
    private bool _closed;

    internal RemoteAudioTrack(FfiClient client, FfiHandle handle, TrackInfo info)
        : base(handle, info) => Client = client;

    internal FfiClient Client { get; }

    /// <summary>Starts to receive the sound. Several streams may be open, each with its own rate and queue.</summary>
    /// <exception cref="RoomException">The track is not subscribed to any more.</exception>
    public AudioStream OpenStream(AudioStreamOptions? options = null) => TryOpenStream(options ?? new AudioStreamOptions())
        ?? throw new RoomException(RoomErrorKind.Closed, $"Track {Sid} is not subscribed to any more; wait for Room.TrackSubscribed.");

    /// <summary>As <see cref="OpenStream"/>, but null if the track is not subscribed to any more.</summary>
    internal AudioStream? TryOpenStream(AudioStreamOptions options)
    {
        options.Validate();
        lock (_gate)
        {
            if (_closed)
                return null;
            var stream = AudioStream.Open(this, options);
            _streams.Add(stream);
            return stream;
        }
    }

    internal void Remove(AudioStream stream)
    {
        lock (_gate)
            _streams.Remove(stream);
    }

    /// <summary>The native library says nothing when a track goes away: its frames just stop. So the streams are ended here.</summary>
    internal override void Close()
    {
        AudioStream[] streams;
        lock (_gate)
        {
            _closed = true;
            streams = [.. _streams];
        }

        foreach (var stream in streams)
            stream.End();
        base.Close();
    }
}
