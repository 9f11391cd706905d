using Agent.Pipeline.Realtime.Events;

namespace Agent.Pipeline.Realtime;

/// <summary>Learns what a speech-to-speech model hears. Called from the loop that reads the connection; must return at once.</summary>
internal interface IRealtimeListener
{
    /// <summary>A connection is there. Calls back <see cref="RealtimeLink.Attach"/> when the session is ready to tell it what was said.</summary>
    void OnConnected(IRealtimeConnection connection);

    /// <summary>What was heard is a turn.</summary>
    void OnTurnCommitted(RealtimeTurnCommitted committed);

    /// <summary>Words of the user were understood.</summary>
    void OnTranscript(RealtimeTranscript transcript);

    /// <summary>There is no connection for now.</summary>
    void OnDisconnected();

    /// <summary>A connection was refused or lost, or a command has failed.</summary>
    void OnFailed(Exception error);
}
