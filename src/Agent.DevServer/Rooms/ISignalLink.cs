using Agent.Protocol;

namespace Agent.DevServer.Rooms;

/// <summary>A participant's way back: what the room sends it goes to its signalling socket.</summary>
internal interface ISignalLink
{
    /// <summary>Queues a message; a link that cannot take it closes itself.</summary>
    void Send(SignalResponse message);

    /// <summary>Sends what is queued, then closes the socket.</summary>
    void Close();
}
