using Agent.LiveKit.Worker.Machine;
using Agent.Protocol;

namespace Agent.LiveKit.Worker;

/// <summary>What happens on a <see cref="WorkerSocket"/>, told from its own tasks: first Opened or OpenFailed, at last, if it was open, Closed.</summary>
internal interface IWorkerSocketEvents
{
    void Opened(int connection);

    void OpenFailed(int connection, ConnectFailure failure, string reason);

    void Received(int connection, ServerMessage message);

    /// <summary>A frame was malformed or too large, and skipped.</summary>
    void Dropped(int connection, long bytes);

    void Closed(int connection, string reason);
}
