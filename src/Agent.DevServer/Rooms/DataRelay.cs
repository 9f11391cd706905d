using Agent.DevServer.Media;
using Agent.Protocol;
using Agent.WebRtc.Sctp;
using Google.Protobuf;

namespace Agent.DevServer.Rooms;

/// <summary>Passes data packets on: stamped with who sent them, to those they are for. Reliable ones are kept for a while, for who resumes.</summary>
internal sealed class DataRelay(ServerRoom room)
{
    /// <summary>How long, and up to how many bytes in all, reliable packets are kept.</summary>
    private const int MaxKeptBytes = 4 * 1024 * 1024;
    private static readonly TimeSpan KeepFor = TimeSpan.FromSeconds(60);

    /// <summary>How many reliable packets wait for a participant's channel to open.</summary>
    private const int MaxEarlyPackets = 256;

    private readonly Queue<KeptPacket> _kept = new();
    private readonly PendingRpcs _rpcs = new();
    private int _keptBytes;

    /// <summary>Calls made by the server API, which the answers of participants belong to.</summary>
    public PendingRpcs Rpcs => _rpcs;

    public void Received(RoomParticipant sender, DataPacket.Types.Kind kind, ReadOnlySpan<byte> message)
    {
        if (!sender.Permission.CanPublishData)
        {
            room.Environment.Counters.CountMalformedDataPacket();
            return;
        }

        DataPacket packet;
        try
        {
            packet = DataPacket.Parser.ParseFrom(message);
        }
        catch (InvalidProtocolBufferException)
        {
            room.Environment.Counters.CountMalformedDataPacket();
            return;
        }

        if (kind == DataPacket.Types.Kind.Reliable && packet.Sequence > 0)
        {
            // Sent again by a client that resumed: we have had it.
            if (packet.Sequence <= sender.LastReliableSequence)
                return;
            sender.LastReliableSequence = packet.Sequence;
        }

        if (!Stamp(sender, kind, packet) || _rpcs.TryComplete(packet))
            return;
        Forward(sender, kind, packet);
    }

    /// <summary>Sends a packet that the server API was given; it has no sender.</summary>
    public void SendFromServer(DataPacket.Types.Kind kind, DataPacket packet)
    {
        packet.Kind = kind;
        Forward(sender: null, kind, packet);
    }

    /// <summary>A participant resumed and says what it has had: it is sent the rest.</summary>
    public void Resend(RoomParticipant receiver, IEnumerable<DataChannelReceiveState> states)
    {
        foreach (var state in states)
        {
            foreach (var kept in _kept)
            {
                if (string.Equals(kept.SenderSid, state.PublisherSid, StringComparison.Ordinal) && kept.Sequence > state.LastSeq && kept.IsFor(receiver))
                    Send(receiver, DataPacket.Types.Kind.Reliable, kept.Bytes);
            }
        }
    }

    private static bool Stamp(RoomParticipant sender, DataPacket.Types.Kind kind, DataPacket packet)
    {
        packet.Kind = kind;
        packet.ParticipantSid = sender.Sid;
        var speaksForItself = true;
        switch (packet.ValueCase)
        {
            case DataPacket.ValueOneofCase.None:
            case DataPacket.ValueOneofCase.Speaker:
                return false;
            case DataPacket.ValueOneofCase.User:
                packet.User.ParticipantSid = sender.IsHidden ? "" : sender.Sid;
                packet.User.ParticipantIdentity = sender.IsHidden ? "" : sender.Identity;
                if (packet.DestinationIdentities.Count == 0)
                    packet.DestinationIdentities.AddRange(packet.User.DestinationIdentities);
                break;
            case DataPacket.ValueOneofCase.Transcription:
                if (!sender.IsAgent)
                    return false;
                break;
            // An agent may speak for somebody else, as with what it understood a person to have said.
            case DataPacket.ValueOneofCase.ChatMessage when SpeaksForOther(sender, packet):
                packet.ChatMessage.Generated = true;
                speaksForItself = false;
                break;
            case DataPacket.ValueOneofCase.StreamHeader when SpeaksForOther(sender, packet) && packet.StreamHeader.TextHeader is { } text:
                text.Generated = true;
                speaksForItself = false;
                break;
        }

        if (speaksForItself)
            packet.ParticipantIdentity = sender.IsHidden ? "" : sender.Identity;
        return true;
    }

    private static bool SpeaksForOther(RoomParticipant sender, DataPacket packet) =>
        sender.IsAgent && packet.ParticipantIdentity.Length > 0 && !string.Equals(packet.ParticipantIdentity, sender.Identity, StringComparison.Ordinal);

    private void Forward(RoomParticipant? sender, DataPacket.Types.Kind kind, DataPacket packet)
    {
        var bytes = packet.ToByteArray();
        var destinations = packet.DestinationIdentities.Count == 0 ? null : packet.DestinationIdentities.ToHashSet(StringComparer.Ordinal);
        if (sender is not null && kind == DataPacket.Types.Kind.Reliable && packet.Sequence > 0)
            Keep(new KeptPacket(sender.Sid, packet.Sequence, destinations, bytes, room.Environment.Media.Clock.Now));
        foreach (var participant in room.Participants)
        {
            if (ReferenceEquals(participant, sender) || participant.State != ParticipantInfo.Types.State.Active)
                continue;
            if (destinations is null || destinations.Contains(participant.Identity))
                Send(participant, kind, bytes);
        }
    }

    /// <summary>A participant's reliable channel is open: it is sent what came a moment too early.</summary>
    public void ReliableOpened(RoomParticipant participant)
    {
        var early = participant.Early;
        participant.Early = null;
        while (early is not null && early.TryDequeue(out var bytes))
            Send(participant, DataPacket.Types.Kind.Reliable, bytes);
    }

    private void Send(RoomParticipant participant, DataPacket.Types.Kind kind, byte[] bytes)
    {
        if (kind == DataPacket.Types.Kind.Reliable && participant.Early is { Count: < MaxEarlyPackets } early)
        {
            early.Enqueue(bytes);
            return;
        }

        var channel = kind == DataPacket.Types.Kind.Reliable ? participant.Reliable : participant.Lossy;
        if (channel is null || ChannelOwner(channel, participant) is not { } peer || !peer.SendData(channel, bytes))
            RoomLog.DataDropped(room.Environment.Logger, participant.Identity, room.Name);
    }

    private static MediaPeer? ChannelOwner(DataChannel channel, RoomParticipant participant) => channel.Tag as MediaPeer ?? participant.Subscriber;

    private void Keep(KeptPacket packet)
    {
        _kept.Enqueue(packet);
        _keptBytes += packet.Bytes.Length;
        while (_kept.TryPeek(out var oldest) && (_keptBytes > MaxKeptBytes || packet.At - oldest.At > KeepFor))
            _keptBytes -= _kept.Dequeue().Bytes.Length;
    }
}
