using Agent.Protocol;

namespace Agent.DevServer.Rooms;

/// <summary>Tells a room who speaks, when that changes.</summary>
internal sealed class SpeakerWatch(ServerRoom room)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(400);
    private RoomTimer? _timer;

    public void Start() => _timer = room.Loop.After(Interval, Look);

    public void Stop() => _timer?.Cancel();

    public void ParticipantLeft(RoomParticipant participant)
    {
        if (participant.AnnouncedLevel > 0)
            room.Broadcast(new SignalResponse { SpeakersChanged = new SpeakersChanged { Speakers = { new SpeakerInfo { Sid = participant.Sid } } } });
    }

    private void Look()
    {
        Start();
        var changed = new SpeakersChanged();
        foreach (var participant in room.Participants)
        {
            var level = 0f;
            foreach (var track in participant.Tracks.Where(track => track.Info.Type == TrackType.Audio))
                level = Math.Max(level, track.Level.Take());
            if (level.Equals(participant.AnnouncedLevel))
                continue;
            participant.AnnouncedLevel = level;
            changed.Speakers.Add(new SpeakerInfo { Sid = participant.Sid, Level = level, Active = level > 0 });
        }

        if (changed.Speakers.Count > 0)
            room.Broadcast(new SignalResponse { SpeakersChanged = changed });
    }
}
