using Agent.Pipeline.Recordings.Lines;
using Agent.Pipeline.Recordings.Sound;
using Agent.Pipeline.Rooms;
using Agent.Pipeline.Sessions;
using Agent.Pipeline.Turns;
using Microsoft.Extensions.Logging;

namespace Agent.Pipeline.Recordings;

/// <summary>Puts together what records a session.</summary>
internal static class RecordingSetup
{
    /// <summary>The recorder that the options ask for; null where they ask for none.</summary>
    /// <param name="agent">Whose session.</param>
    /// <param name="options">What is asked for.</param>
    /// <param name="turns">The turn machine's options for this session.</param>
    /// <param name="clock">The session's clock.</param>
    /// <param name="logger">Learns where the recording is.</param>
    /// <param name="room">Becomes one that records its sound, where that is asked for.</param>
    internal static SessionRecorder? Of(AgentDefinition agent, SessionOptions options, TurnOptions turns, SessionClock clock, ILogger logger, ref IConversationRoom room)
    {
        if (options.Recording.Directory is not { Length: > 0 } directory)
            return null;
        var header = new HeaderLine(
            HeaderLine.CurrentVersion,
            clock.Provider.GetUtcNow(),
            agent.SpeechToText?.Name,
            agent.TextToSpeech?.Name,
            agent.TurnDetector?.Name,
            turns.DetectionDelay,
            turns.DetectorThreshold,
            turns.DetectorNeedsAudio,
            options.Turns)
        {
            RealtimeModel = agent.RealtimeModel?.Name,
        };
        if (!options.Recording.Audio)
            return new SessionRecorder(directory, header, [], logger);
        var recorded = new RecordedRoom(room, clock);
        room = recorded;
        return new SessionRecorder(directory, header, [recorded.User, recorded.Agent], logger);
    }
}
