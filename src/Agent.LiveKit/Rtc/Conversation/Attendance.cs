using System.Threading.Channels;
using Agent.Pipeline.Rooms;

namespace Agent.LiveKit.Rtc.Conversation;

/// <summary>
/// Who is in the room, as the session is told. Our own reconnecting makes everybody leave without a reason and join again; whoever comes
/// back within the grace has never been away.
/// </summary>
internal sealed class Attendance(TimeProvider time, TimeSpan grace) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Channel<RoomEvent> _events = Channel.CreateUnbounded<RoomEvent>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Dictionary<string, ParticipantAudio> _present = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ITimer> _vanished = new(StringComparer.Ordinal);
    private bool _isReconnecting;
    private bool _isClosed;

    /// <summary>What the session is told.</summary>
    internal ChannelReader<RoomEvent> Events => _events.Reader;

    /// <summary>The voice of somebody who is there; null of anybody else.</summary>
    internal ParticipantAudio? Voice(string identity)
    {
        lock (_gate)
            return _present.GetValueOrDefault(identity);
    }

    internal void Join(RemoteParticipant participant)
    {
        lock (_gate)
        {
            if (_isClosed)
                return;
            if (_vanished.Remove(participant.Identity, out var timer))
                timer.Dispose();
            if (!_present.TryAdd(participant.Identity, new ParticipantAudio(time)))
                return;
            Tell(new ParticipantJoined(Describe(participant)));
        }
    }

    internal void Leave(RemoteParticipant participant, DisconnectReason reason)
    {
        lock (_gate)
        {
            if (!_present.ContainsKey(participant.Identity))
                return;
            if (reason != DisconnectReason.Unknown || (grace == TimeSpan.Zero && !_isReconnecting))
                Remove(participant.Identity);
            else if (!_vanished.ContainsKey(participant.Identity))
                _vanished[participant.Identity] = time.CreateTimer(_ => OnGraceOver(participant.Identity), state: null, _isReconnecting ? Timeout.InfiniteTimeSpan : grace, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Nobody's vanishing counts until the connection is back.</summary>
    internal void OnReconnecting()
    {
        lock (_gate)
        {
            _isReconnecting = true;
            foreach (var timer in _vanished.Values)
                timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    internal void OnReconnected()
    {
        lock (_gate)
        {
            _isReconnecting = false;
            foreach (var timer in _vanished.Values)
                timer.Change(grace, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Somebody typed.</summary>
    internal void Say(string identity, string text)
    {
        lock (_gate)
            Tell(new TextReceived(identity, text));
    }

    /// <summary>The agent is out of the room; everybody's voice ends.</summary>
    internal void Close(string reason)
    {
        lock (_gate)
        {
            if (_isClosed)
                return;
            Tell(new RoomClosed(reason));
            _isClosed = true;
            _events.Writer.TryComplete();
            foreach (var voice in _present.Values)
                voice.End();
        }

        Dispose();
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var timer in _vanished.Values)
                timer.Dispose();
            _vanished.Clear();
        }
    }

    private static RoomParticipant Describe(RemoteParticipant participant) => new()
    {
        Identity = participant.Identity,
        Name = participant.Name,
        Kind = participant.Kind switch
        {
            ParticipantKind.Ingress => Pipeline.Rooms.ParticipantKind.Ingress,
            ParticipantKind.Egress => Pipeline.Rooms.ParticipantKind.Egress,
            ParticipantKind.Sip => Pipeline.Rooms.ParticipantKind.Phone,
            ParticipantKind.Agent => Pipeline.Rooms.ParticipantKind.Agent,
            _ => Pipeline.Rooms.ParticipantKind.Standard,
        },
        Metadata = participant.Metadata,
        Attributes = participant.Attributes,
    };

    private void OnGraceOver(string identity)
    {
        lock (_gate)
        {
            if (!_isReconnecting && _vanished.ContainsKey(identity))
                Remove(identity);
        }
    }

    private void Remove(string identity)
    {
        if (_vanished.Remove(identity, out var timer))
            timer.Dispose();
        if (!_present.Remove(identity, out var voice))
            return;
        voice.End();
        Tell(new ParticipantLeft(identity));
    }

    private void Tell(RoomEvent what)
    {
        if (!_isClosed)
            _events.Writer.TryWrite(what);
    }
}
