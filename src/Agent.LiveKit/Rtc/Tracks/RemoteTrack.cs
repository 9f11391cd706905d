using Agent.LiveKit.Rtc.Native;
using Agent.LiveKit.Rtc.Native.Protocol;

namespace Agent.LiveKit.Rtc;

/// <summary>Somebody else's track as it arrives here. Pictures are not decoded; they are this type, sound is <see cref="RemoteAudioTrack"/>.</summary>
public class RemoteTrack
{
    private protected RemoteTrack(FfiHandle handle, TrackInfo info)
    {
        Handle = handle;
        Sid = info.Sid;
        Name = info.Name;
        Kind = (TrackKind)info.Kind;
    }

    /// <summary>The server's identifier, TR_….</summary>
    public string Sid { get; }

    /// <summary>The track's name.</summary>
    public string Name { get; }

    /// <summary>What the track carries.</summary>
    public TrackKind Kind { get; }

    internal FfiHandle Handle { get; }

    internal static RemoteTrack From(FfiClient client, FfiHandle handle, TrackInfo info) =>
        info.Kind == Native.Protocol.TrackKind.KindAudio ? new RemoteAudioTrack(client, handle, info) : new RemoteTrack(handle, info);

    internal virtual void Close() => Handle.Dispose();
}
