using Agent.DevServer.Rooms;
using Agent.Protocol;

namespace Agent.DevServer.Signalling;

/// <summary>The troubles that a client may ask to be put in, so that its recovery can be tested.</summary>
internal sealed class Simulation(ServerRoom room, RoomParticipant participant)
{
    /// <returns>False when the socket is to be closed.</returns>
    public bool Run(SimulateScenario scenario)
    {
        SignalLog.Simulates(room.Environment.Logger, participant.Identity, room.Name, scenario.ScenarioCase);
        switch (scenario.ScenarioCase)
        {
            case SimulateScenario.ScenarioOneofCase.SpeakerUpdate:
                AnnounceSpeaking(active: true);
                room.Loop.After(TimeSpan.FromSeconds(Math.Clamp(scenario.SpeakerUpdate, 0, 60)), () => AnnounceSpeaking(active: false));
                return true;
            case SimulateScenario.ScenarioOneofCase.ServerLeave:
                room.Remove(participant, DisconnectReason.ServerShutdown);
                return false;
            case SimulateScenario.ScenarioOneofCase.LeaveRequestFullReconnect:
            case SimulateScenario.ScenarioOneofCase.NodeFailure:
                room.Entrance.DemandFullReconnect(participant);
                return false;
            case SimulateScenario.ScenarioOneofCase.DisconnectSignalOnResume:
                participant.DropLinkOnResume = true;
                return true;
            default:
                // Migration, other candidate protocols and bandwidth need what one machine does not have.
                return true;
        }
    }

    private void AnnounceSpeaking(bool active) => room.Broadcast(new SignalResponse
    {
        SpeakersChanged = new SpeakersChanged { Speakers = { new SpeakerInfo { Sid = participant.Sid, Active = active, Level = active ? 0.9f : 0 } } },
    });
}
