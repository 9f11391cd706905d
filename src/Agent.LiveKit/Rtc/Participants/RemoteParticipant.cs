using System.Collections.Concurrent;
using Agent.LiveKit.Rtc.Native;
using Agent.LiveKit.Rtc.Native.Protocol;

namespace Agent.LiveKit.Rtc;

/// <summary>Somebody else in the room. After a rejoin, and after our own full reconnect, the same person is another object.</summary>
public sealed class RemoteParticipant : Participant
{
    private readonly ConcurrentDictionary<string, RemoteTrackPublication> _publications = new(StringComparer.Ordinal);

    internal RemoteParticipant(Room room, FfiHandle handle, ParticipantInfo info)
        : base(room, handle, info)
    {
    }

    /// <summary>What the participant publishes, by track identifier.</summary>
    public IReadOnlyDictionary<string, RemoteTrackPublication> TrackPublications => _publications;

    /// <summary>The first publication of a source, or null.</summary>
    public RemoteTrackPublication? GetTrackPublication(TrackSource source) => _publications.Values.FirstOrDefault(publication => publication.Source == source);

    internal override TrackPublication? FindPublication(string trackSid) => _publications.GetValueOrDefault(trackSid);

    internal void Add(RemoteTrackPublication publication)
    {
        if (_publications.TryRemove(publication.Sid, out var earlier))
            earlier.Close();
        _publications[publication.Sid] = publication;
    }

    internal RemoteTrackPublication? Remove(string trackSid) => _publications.TryRemove(trackSid, out var publication) ? publication : null;

    internal void Close()
    {
        foreach (var publication in _publications.Values)
            publication.Close();
        Handle.Dispose();
    }
}
