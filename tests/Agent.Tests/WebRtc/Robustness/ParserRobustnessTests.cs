using System.Text;
using Agent.Tests.WebRtc.Sdp;
using Agent.WebRtc;
using Agent.WebRtc.Ice;
using Agent.WebRtc.Rtcp;
using Agent.WebRtc.Rtp;
using Agent.WebRtc.Sctp;
using Agent.WebRtc.Sdp;
using Agent.WebRtc.Stun;

namespace Agent.Tests.WebRtc.Robustness;

/// <summary>Every parser takes any bytes: it accepts or refuses them, and reads everything it accepted without an exception.</summary>
public sealed class ParserRobustnessTests
{
    private const int Cases = 20_000;

    [Fact]
    public void Stun_AnyBytes_NeverThrows()
    {
        var mutator = new Mutator(1);
        byte[][] samples = [SampleStun()];
        var accepted = 0;
        for (var i = 0; i < Cases; i++)
        {
            var data = mutator.Next(samples);
            if (!StunMessage.TryParse(data, out var message)) continue;
            accepted++;
            message.TryGetXorMappedAddress(out _);
            message.FindUnknownRequired();
            message.VerifyIntegrity("password"u8);
            message.Has(StunAttribute.UseCandidate);
        }

        Assert.InRange(accepted, 1, Cases - 1);
    }

    [Fact]
    public void Rtp_AnyBytes_NeverThrows()
    {
        var mutator = new Mutator(2);
        byte[][] samples =
        [
            Convert.FromHexString("B1EF000100000002000000030000000900000009BEDE00021085004037000000AABB0002"),
            Convert.FromHexString("906F00010000000200000003100000032003616263000004000501FF"),
            Convert.FromHexString("80EF00010000000200000003EF0F00026F0102AABB"),
        ];
        var accepted = 0;
        for (var i = 0; i < Cases; i++)
        {
            if (!RtpPacket.TryParse(mutator.Next(samples), out var packet)) continue;
            accepted++;
            for (var id = 0; id < 256; id += 5) packet.TryGetExtension((byte)id, out _);
            _ = packet.WithAudioLevelId((byte)(i % 15)).AudioLevel;
            RedundantAudio.TryGetPrimary(packet.Payload, out _, out _);
        }

        Assert.InRange(accepted, 1, Cases - 1);
    }

    [Fact]
    public void Rtcp_AnyBytes_NeverThrows()
    {
        var mutator = new Mutator(3);
        byte[][] samples = [SampleRtcp()];
        var accepted = 0;
        for (var i = 0; i < Cases; i++)
        {
            var reader = new RtcpReader(mutator.Next(samples));
            while (reader.TryRead(out var packet))
            {
                accepted++;
                packet.TryGetSenderInfo(out _, out _, out _, out _);
                for (var block = 0; packet.TryGetReport(block, out _); block++) Assert.InRange(block, 0, 30);
                _ = packet.MediaSsrc + packet.SenderSsrc;
                var nack = new NackReader(packet.FeedbackControl);
                while (nack.TryRead(out _)) accepted++;
            }
        }

        Assert.True(accepted > 0);
    }

    [Fact]
    public void Dcep_AnyBytes_NeverThrows()
    {
        var mutator = new Mutator(4);
        byte[][] samples = [DcepMessage.WriteOpen("_reliable", new DataChannelOptions { Protocol = "p" }), [DcepMessage.Ack]];
        using var end = new PeerEnd(PeerRole.Server, PeerLink.ServerAddress);
        ISctpAssociationHandler channels = new DataChannels(end.Peer, new PeerTransport(end.Peer.Options, end.Peer, end.Peer.Counters));
        uint[] protocols = [PayloadProtocol.Control, PayloadProtocol.Text, PayloadProtocol.Binary, PayloadProtocol.EmptyText, PayloadProtocol.EmptyBinary, 0, 52];
        for (var i = 0; i < Cases; i++)
        {
            channels.MessageReceived((ushort)(i % 97), protocols[i % protocols.Length], mutator.Next(samples));
            if (i % 50 == 0) channels.IncomingStreamReset((ushort)(i % 97));
            if (i % 51 == 0) channels.OutgoingStreamReset((ushort)(i % 97));
        }

        Assert.True(end.Peer.Counters.DroppedDataMessage > 0);
    }

    [Fact]
    public void Sdp_AnyText_IsReadOrRefused()
    {
        var mutator = new Mutator(5);
        string[] samples = [SdpText.Session(SdpText.Data, SdpText.Audio(), SdpText.Video), SdpText.Session(SdpText.Audio(), SdpText.Rejected.Replace("mid:1", "mid:2", StringComparison.Ordinal))];
        var accepted = 0;
        for (var i = 0; i < Cases; i++)
        {
            try
            {
                RemoteDescriptionReader.Read(SdpParser.Parse(mutator.NextText(samples)));
                accepted++;
            }
            catch (SdpException)
            {
                // what the contract says
            }
        }

        Assert.InRange(accepted, 1, Cases - 1);
    }

    [Fact]
    public void Negotiation_AnyOffersAndAnswers_AreMetOrRefused()
    {
        const int Connections = 100;
        const int Descriptions = 20;
        var mutator = new Mutator(6);
        string[] samples = [SdpText.Session(SdpText.Data, SdpText.Audio(), SdpText.Video), SdpText.Session(SdpText.Data, SdpText.Audio(direction: "recvonly"))];
        string[] answers = [.. samples.Select(sample => sample.Replace("actpass", "active", StringComparison.Ordinal))];
        var met = 0;
        for (var i = 0; i < Connections; i++)
        {
            using var end = new PeerEnd(PeerRole.Server, PeerLink.ServerAddress);
            end.Peer.AddTrack(MediaKind.Audio, "s", "t", [RtpCodec.Opus]);
            for (var j = 0; j < Descriptions; j++)
            {
                try
                {
                    if (j % 5 == 4)
                    {
                        end.Peer.CreateOffer();
                        end.Peer.AcceptAnswer(mutator.NextText(answers), TimeSpan.Zero);
                    }
                    else
                    {
                        Assert.StartsWith("v=0", end.Peer.AcceptOffer(mutator.NextText(samples), TimeSpan.Zero), StringComparison.Ordinal);
                    }

                    met++;
                }
                catch (SdpException)
                {
                    // what the contract says
                }
            }
        }

        Assert.InRange(met, 1, (Connections * Descriptions) - 1);
    }

    [Fact]
    public void Candidate_AnyText_NeverThrows()
    {
        var mutator = new Mutator(7);
        string[] samples = ["candidate:842163049 1 udp 1677729535 192.0.2.3 46154 typ srflx raddr 0.0.0.0 rport 0", "a=candidate:1 1 tcp 1 ::1 9 typ host tcptype active"];
        var accepted = 0;
        for (var i = 0; i < Cases; i++)
        {
            if (IceCandidate.TryParse(mutator.NextText(samples), out _)) accepted++;
        }

        Assert.InRange(accepted, 1, Cases - 1);
    }

    internal static byte[] SampleStun()
    {
        Span<byte> buffer = stackalloc byte[576];
        var writer = new StunWriter(buffer, StunMessageType.BindingRequest, "0123456789ab"u8);
        writer.Add(StunAttribute.Username, Encoding.ASCII.GetBytes("ours:theirs"));
        writer.AddXorMappedAddress(PeerLink.ServerAddress);
        writer.AddUInt64(StunAttribute.IceControlling, 1);
        return writer.Complete("password"u8).ToArray();
    }

    internal static byte[] SampleRtcp()
    {
        Span<byte> buffer = stackalloc byte[512];
        var writer = new RtcpWriter(buffer);
        writer.AddSenderReport(1, 2, 3, 4, 5, [new ReceptionReport(1, 2, 3, 4, 5, 6, 7), new ReceptionReport(2, 2, 3, 4, 5, 6, 7)]);
        writer.AddCanonicalName(1, "name"u8);
        writer.AddNack(1, 2, [5, 6, 9, 100]);
        writer.AddPictureLoss(1, 2);
        writer.AddGoodbye(1);
        return buffer[..writer.Length].ToArray();
    }
}
