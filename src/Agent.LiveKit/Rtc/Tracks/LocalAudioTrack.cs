using Agent.LiveKit.Rtc.Native;
using Agent.LiveKit.Rtc.Native.Protocol;

namespace Agent.LiveKit.Rtc;

/// <summary>Sound that we can publish, fed by an <see cref="AudioSource"/>.</summary>
public sealed class LocalAudioTrack : IDisposable
{
    private readonly FfiClient _client;
    private readonly Lock _gate = new();

    private LocalAudioTrack(FfiClient client, FfiHandle handle, string name, AudioSource source)
    {
        _client = client;
        Handle = handle;
        Name = name;
        Source = source;
    }

    /// <summary>The track's name.</summary>
    public string Name { get; }

    /// <summary>Where the sound comes from.</summary>
    public AudioSource Source { get; }

    /// <summary>Whether the track is muted: published, but silent, and shown as muted to the others.</summary>
    public bool IsMuted { get; private set; }

    internal FfiHandle Handle { get; }

    /// <summary>Makes a track of a source.</summary>
    /// <param name="name">The track's name, such as <c>agent</c>.</param>
    /// <param name="source">Where the sound comes from; stays the caller's.</param>
    public static LocalAudioTrack Create(string name, AudioSource source)
    {
        Guard.RequiredText(name);
        ArgumentNullException.ThrowIfNull(source);
        using var use = source.Handle.Use();
        var response = source.Client.Request(new FfiRequest { CreateAudioTrack = new CreateAudioTrackRequest { Name = name, SourceHandle = use.Id } });
        return new LocalAudioTrack(source.Client, source.Client.Own(response.CreateAudioTrack.Track.Handle), name, source);
    }

    /// <summary>Mutes the track for everybody; takes effect within one frame here.</summary>
    public void Mute() => SetMuted(muted: true);

    /// <summary>Undoes <see cref="Mute"/>.</summary>
    public void Unmute() => SetMuted(muted: false);

    /// <summary>Lets the native track go; unpublish it first.</summary>
    public void Dispose() => Handle.Dispose();

    private void SetMuted(bool muted)
    {
        lock (_gate)
        {
            using var use = Handle.Use();
            IsMuted = _client.Request(new FfiRequest { LocalTrackMute = new LocalTrackMuteRequest { TrackHandle = use.Id, Mute = muted } }).LocalTrackMute.Muted;
        }
    }
}
