using System.Threading.Channels;
using Agent.DevServer.Rooms;
using Agent.DevServer.Sockets;
using Agent.Protocol;

namespace Agent.DevServer.Signalling;

/// <summary>The queue between a room and one signalling socket.</summary>
internal sealed class SignalLink : ISignalLink
{
    private readonly Channel<SignalResponse> _outgoing = Channel.CreateBounded<SignalResponse>(MessageSocket<SignalResponse>.QueueLength);

    public ChannelReader<SignalResponse> Outgoing => _outgoing.Reader;

    public void Send(SignalResponse message)
    {
        // A client that reads too slowly is better off with a new connection than with gaps in this one.
        if (!_outgoing.Writer.TryWrite(message))
            Close();
    }

    public void Close() => _outgoing.Writer.TryComplete();
}
