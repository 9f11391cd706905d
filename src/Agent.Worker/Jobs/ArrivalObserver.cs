using Agent.Pipeline.Rooms;
using Agent.Pipeline.Sessions;
using Agent.Pipeline.Sessions.Events;

namespace Agent.Worker.Jobs;

/// <summary>Tells when the session has somebody to talk to for the first time.</summary>
internal sealed class ArrivalObserver : ISessionObserver
{
    private readonly TaskCompletionSource<RoomParticipant> _participant = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Task<RoomParticipant> Participant => _participant.Task;

    public void OnEvent(SessionEvent sessionEvent)
    {
        if (sessionEvent is ParticipantLinked { Participant: { } participant })
            _participant.TrySetResult(participant);
    }
}
