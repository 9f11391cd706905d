using Agent.LiveKit.Rtc.Native;
using Agent.LiveKit.Rtc.Native.Protocol;

namespace Agent.LiveKit.Rtc;

/// <summary>A track that we offer. It stays the same object over a full reconnect, with another <see cref="TrackPublication.Sid"/>.</summary>
public sealed class LocalTrackPublication : TrackPublication
{
    private readonly TaskCompletionSource _subscribed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal LocalTrackPublication(FfiHandle handle, TrackPublicationInfo info, LocalAudioTrack track)
        : base(handle, info) => Track = track;

    /// <summary>The track.</summary>
    public LocalAudioTrack Track { get; }

    /// <summary>Completes when somebody subscribes for the first time: what is sent before is heard by nobody.</summary>
    public Task FirstSubscription => _subscribed.Task;

    internal void OnSubscribed() => _subscribed.TrySetResult();

    internal void OnRepublished(FfiHandle handle, TrackPublicationInfo info) => Replace(handle, info);

    internal void Close()
    {
        _subscribed.TrySetCanceled();
        Handle.Dispose();
    }
}
