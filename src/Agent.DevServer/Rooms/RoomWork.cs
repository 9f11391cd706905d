using System.Buffers;
using Agent.DevServer.Media;
using Agent.WebRtc;

namespace Agent.DevServer.Rooms;

/// <summary>One piece of work for a room's loop: something to do, or a datagram for one of its peers (in a rented buffer, given back once handled).</summary>
internal readonly struct RoomWork
{
    private readonly Action? _action;
    private readonly MediaPeer? _peer;
    private readonly byte[]? _buffer;
    private readonly int _length;
    private readonly TransportAddress _remote;

    public RoomWork(Action action) => _action = action;

    public RoomWork(MediaPeer peer, byte[] buffer, int length, in TransportAddress remote)
    {
        _peer = peer;
        _buffer = buffer;
        _length = length;
        _remote = remote;
    }

    public void Do()
    {
        if (_buffer is null)
        {
            _action!();
            return;
        }

        try
        {
            _peer!.Receive(_buffer.AsSpan(0, _length), _remote);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }
    }
}
