using System.Buffers.Binary;
using System.Numerics;
using Agent.WebRtc;
using Agent.WebRtc.Rtp;
using Agent.WebRtc.Sctp;

namespace Agent.Tests.WebRtc.Robustness;

/// <summary>A live connection takes any bytes at any time: during the handshake, behind it, and inside the encryption.</summary>
public sealed class ConnectionRobustnessTests
{
    private static readonly byte[] s_payload = new byte[60];

    [Theory]
    [InlineData(11)]
    [InlineData(21)]
    [InlineData(31)]
    public void Handle_AnyBytesInAnEstablishedConnection_AreCountedAndItGoesOn(int seed)
    {
        const int Cases = 20_000;
        using var link = Connected(out var track);
        var captured = new List<byte[]>();
        link.Filter = (_, data) =>
        {
            captured.Add(data);
            return data;
        };
        for (uint i = 0; i < 50; i++)
        {
            track.Send(RtpCodec.Opus, i * 960, marker: false, s_payload, link.Now);
            link.Client.Channels["data"].Send(new byte[i * 20], isText: false, link.Now);
            link.Run(TimeSpan.FromMilliseconds(100));
        }

        link.Filter = null;
        var mutator = new Mutator(seed);
        var counters = link.Server.Peer.Counters;
        for (var i = 0; i < Cases; i++) link.Server.Peer.Handle(mutator.Next(captured), PeerLink.ClientAddress, link.Now);

        Assert.Equal(PeerConnectionState.Connected, link.Server.Peer.State);
        Assert.True(counters.DroppedStunMalformed + counters.DroppedStunUnauthenticated > 100);
        Assert.True(counters.DroppedSrtpUnauthenticated > 100);
        Assert.True(counters.DroppedUnknown > 100);
        Assert.True(counters.DroppedDtlsInvalid > 100);
        AssertWorks(link, track);
    }

    [Fact]
    public void Handle_AnyBytesFromAStranger_AreDropped()
    {
        const int Cases = 5_000;
        using var link = Connected(out var track);
        var mutator = new Mutator(12);
        for (var i = 0; i < Cases; i++)
        {
            var data = mutator.Next([]);
            if (data.Length > 0) data[0] = (byte)Math.Max(data[0], (byte)20);
            link.Server.Peer.Handle(data, PeerLink.ServerAddress, link.Now);
        }

        Assert.InRange(link.Server.Peer.Counters.DroppedUnvalidatedAddress, Cases * 9 / 10, Cases);
        AssertWorks(link, track);
    }

    [Fact]
    public void Handle_MutatedHandshake_FailsOrConnectsButNeverCrashes()
    {
        // OpenSSL is meant to drop what makes no sense; a forged alert or message in the clear may end a handshake, and nothing else.
        const int Connections = 60;
        const int PerConnection = 100;
        var handshake = Handshake();
        for (var i = 0; i < Connections; i++)
        {
            var mutator = new Mutator(100 + i);
            using var link = new PeerLink();
            link.Client.Peer.AddTrack(MediaKind.Audio, "s", "t", [RtpCodec.Opus]);
            link.NegotiateFromClient();
            link.RunUntil(() => link.Server.Peer.RemoteAddress is not null);
            for (var j = 0; j < PerConnection; j++)
            {
                link.Server.Peer.Handle(mutator.Next(handshake), PeerLink.ClientAddress, link.Now);
                link.Client.Peer.Handle(mutator.Next(handshake), PeerLink.ServerAddress, link.Now);
                if (j % 10 == 0) link.Step();
            }

            Assert.True(Enum.IsDefined(link.Server.Peer.State));
        }
    }

    [Fact]
    public void RtpAndRtcp_AnyBytesInsideTheEncryption_AreCountedAndItGoesOn()
    {
        const int Cases = 20_000;
        using var link = Connected(out var track);
        var back = link.Server.Peer.AddTrack(MediaKind.Audio, "a", "b", [RtpCodec.Opus]);
        link.NegotiateFromServer();
        back.Send(RtpCodec.Opus, 1, marker: false, s_payload, link.Now);
        var mutator = new Mutator(13);
        ITransportHandler inside = link.Server.Peer;
        var rtcp = ParserRobustnessTests.SampleRtcp();
        var nack = rtcp.ToArray();
        for (var i = 0; i + 4 <= nack.Length; i += 4)
        {
            if (BinaryPrimitives.ReadUInt32BigEndian(nack.AsSpan(i)) == 2) BinaryPrimitives.WriteUInt32BigEndian(nack.AsSpan(i), back.Ssrc);
        }

        byte[][] samples = [Convert.FromHexString("B16F000100000002000000030000000900000009BEDE00021085004037000000AABB0002"), rtcp, nack];
        for (var i = 0; i < Cases; i++)
        {
            inside.RtpArrived(mutator.Next(samples), link.Now);
            inside.RtcpArrived(mutator.Next(samples), link.Now);
        }

        Assert.True(link.Server.Peer.Counters.DroppedRtpMalformed > 0);
        Assert.True(link.Server.Peer.Counters.DroppedRtpUnknownSource > 0);
        Assert.True(link.Server.Peer.Counters.DroppedRtcpMalformed > 0);
        AssertWorks(link, track);
    }

    [Fact]
    public void Sctp_MutatedPacketsWithGoodChecksums_NeverCrash()
    {
        const int Associations = 20;
        const int PerAssociation = 500;
        for (var i = 0; i < Associations; i++)
        {
            var mutator = new Mutator(200 + i);
            var left = new SctpEnd();
            var right = new SctpEnd();
            using var leftAssociation = new SctpAssociation(5000, 5000, left);
            using var rightAssociation = new SctpAssociation(5000, 5000, right);
            leftAssociation.Connect();
            rightAssociation.Connect();
            var captured = new List<byte[]>();
            for (var round = 0; round < 30; round++)
            {
                if (leftAssociation.IsUp) leftAssociation.Send((ushort)(round % 4), 53, new byte[round * 150], ordered: round % 2 == 0, maxRetransmits: round % 3 == 0 ? 0 : null);
                if (round == 20) leftAssociation.ResetStream(1);
                while (left.Outbox.TryDequeue(out var packet))
                {
                    captured.Add(packet);
                    rightAssociation.HandlePacket(packet);
                }

                while (right.Outbox.TryDequeue(out var packet)) leftAssociation.HandlePacket(packet);
            }

            Assert.True(leftAssociation.IsUp);
            Assert.Equal(captured[^1], WithChecksum(captured[^1].ToArray()));
            for (var j = 0; j < PerAssociation; j++)
            {
                var packet = mutator.Next(captured);
                rightAssociation.HandlePacket(j % 8 == 0 ? packet : WithChecksum(packet));
                if (j % 25 == 0) rightAssociation.HandleTimers();
                right.Outbox.Clear();
            }
        }
    }

    /// <summary>CRC-32c over the packet with a zero checksum, least significant byte first (RFC 9260, appendix A).</summary>
    private static byte[] WithChecksum(byte[] packet)
    {
        if (packet.Length < 12) return packet;
        packet.AsSpan(8, 4).Clear();
        var crc = uint.MaxValue;
        foreach (var value in packet) crc = BitOperations.Crc32C(crc, value);
        BinaryPrimitives.WriteUInt32LittleEndian(packet.AsSpan(8), ~crc);
        return packet;
    }

    private static List<byte[]> Handshake()
    {
        var captured = new List<byte[]>();
        using var link = new PeerLink
        {
            Filter = (_, data) =>
            {
                captured.Add(data);
                return data;
            },
        };
        link.Client.Peer.AddTrack(MediaKind.Audio, "s", "t", [RtpCodec.Opus]);
        link.NegotiateFromClient();
        link.RunUntil(() => link.Server.Peer.State == PeerConnectionState.Connected);
        return [.. captured.Where(data => data[0] is >= 20 and <= 63)];
    }

    private static PeerLink Connected(out Agent.WebRtc.Tracks.LocalTrack track)
    {
        var link = new PeerLink();
        track = link.Client.Peer.AddTrack(MediaKind.Audio, "s", "t", [RtpCodec.Opus]);
        link.Client.Peer.CreateDataChannel("data", new DataChannelOptions(), link.Now);
        link.NegotiateFromClient();
        link.RunUntil(() => link.Client.Channels.ContainsKey("data"));
        return link;
    }

    private static void AssertWorks(PeerLink link, Agent.WebRtc.Tracks.LocalTrack track)
    {
        Assert.Equal(PeerConnectionState.Connected, link.Server.Peer.State);
        var packets = link.Server.Packets.Count;
        var messages = link.Server.Messages.Count;
        Assert.True(track.Send(RtpCodec.Opus, 1, marker: false, s_payload, link.Now));
        Assert.True(link.Client.Channels["data"].Send("still there"u8, isText: true, link.Now));
        link.RunUntil(() => link.Server.Packets.Count > packets && link.Server.Messages.Count > messages);
        Assert.Equal("still there", link.Server.Messages[^1].Text);
    }

    private sealed class SctpEnd : ISctpAssociationHandler
    {
        public Queue<byte[]> Outbox { get; } = new();

        public void SendPacket(ReadOnlySpan<byte> packet) => Outbox.Enqueue(packet.ToArray());

        public void AssociationUp(int outgoingStreams)
        {
        }

        public void AssociationLost()
        {
        }

        public void MessageReceived(ushort streamId, uint payloadProtocol, ReadOnlySpan<byte> message)
        {
        }

        public void MessageDropped(ushort streamId)
        {
        }

        public void IncomingStreamReset(ushort streamId)
        {
        }

        public void OutgoingStreamReset(ushort streamId)
        {
        }

        public void Writable()
        {
        }
    }
}
