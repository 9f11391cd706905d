using Agent.LiveKit.Rtc.Native;
using Agent.LiveKit.Rtc.Native.Protocol;

namespace Agent.LiveKit.Rtc;

/// <summary>A participant's offer of a track.</summary>
public abstract class TrackPublication
{
    private volatile TrackPublicationInfo _info;
    private volatile bool _isMuted;
    private volatile FfiHandle _handle;

    private protected TrackPublication(FfiHandle handle, TrackPublicationInfo info)
    {
        _handle = handle;
        _info = info;
        _isMuted = info.Muted;
    }

    /// <summary>The server's identifier of the track, TR_…; another one after a full reconnect.</summary>
    public string Sid => _info.Sid;

    /// <summary>The track's name.</summary>
    public string Name => _info.Name;

    /// <summary>What the track carries.</summary>
    public TrackKind Kind => (TrackKind)_info.Kind;

    /// <summary>Where the track comes from.</summary>
    public TrackSource Source => (TrackSource)_info.Source;

    /// <summary>The codec, such as <c>audio/red</c> or <c>audio/opus</c>; may be empty.</summary>
    public string MimeType => _info.MimeType;

    /// <summary>Whether the publisher has muted the track.</summary>
    public bool IsMuted => _isMuted;

    internal FfiHandle Handle => _handle;

    /// <summary>The kind, the source and the identifier.</summary>
    public override string ToString() => $"{Kind} {Source} {Sid}";

    internal void SetMuted(bool isMuted) => _isMuted = isMuted;

    private protected void Replace(FfiHandle handle, TrackPublicationInfo info)
    {
        var earlier = _handle;
        _info = info;
        _isMuted = info.Muted;
        if (earlier.Id == handle.Id)
            return;
        _handle = handle;
        earlier.Dispose();
    }
}
