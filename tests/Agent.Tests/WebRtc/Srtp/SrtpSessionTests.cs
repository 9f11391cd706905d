using System.Buffers.Binary;
using Agent.WebRtc.Srtp;

namespace Agent.Tests.WebRtc.Srtp;

public sealed class SrtpSessionTests
{
    public static TheoryData<int> ProfileIds => [.. SrtpProfile.Supported.Select(profile => profile.Id)];

    [Fact]
    public void Supported_DebiansLibrary_HasCounterModeAndGcm()
    {
        Assert.Contains(SrtpProfile.Aes128CmSha1, SrtpProfile.Supported);
        Assert.Contains(SrtpProfile.Aes128Gcm, SrtpProfile.Supported);
    }

    [Theory]
    [MemberData(nameof(ProfileIds))]
    public void ProtectRtp_ManySources_UnprotectsOnTheOtherSideOnly(int profileId)
    {
        var (client, server) = CreatePair(profileId);
        using (client)
        using (server)
        {
            for (uint ssrc = 1; ssrc <= 20; ssrc++)
            {
                var packet = Rtp(ssrc, sequence: 7);
                var buffer = Room(packet);
                var length = client.ProtectRtp(buffer, packet.Length);
                Assert.True(length > packet.Length);
                Assert.False(packet.AsSpan(12).SequenceEqual(buffer.AsSpan(12, packet.Length - 12)));

                Assert.Equal(SrtpResult.Unauthenticated, client.UnprotectRtp(buffer.AsSpan(0, length).ToArray(), out _));
                Assert.Equal(SrtpResult.Ok, server.UnprotectRtp(buffer.AsSpan(0, length), out var plain));
                Assert.Equal(packet, buffer.AsSpan(0, plain));
            }
        }
    }

    [Theory]
    [MemberData(nameof(ProfileIds))]
    public void UnprotectRtp_Repeated_IsReplay(int profileId)
    {
        var (client, server) = CreatePair(profileId);
        using (client)
        using (server)
        {
            var packet = Rtp(ssrc: 5, sequence: 7);
            var buffer = Room(packet);
            var length = client.ProtectRtp(buffer, packet.Length);
            var copy = buffer.AsSpan(0, length).ToArray();

            Assert.Equal(SrtpResult.Ok, server.UnprotectRtp(buffer.AsSpan(0, length), out _));
            Assert.Equal(SrtpResult.Replayed, server.UnprotectRtp(copy, out _));
        }
    }

    [Theory]
    [MemberData(nameof(ProfileIds))]
    public void ProtectRtp_SamePacketAgain_IsTheSameOnTheWire(int profileId)
    {
        // A retransmission without RTX must not encrypt something else under the same index.
        var (client, server) = CreatePair(profileId);
        using (client)
        using (server)
        {
            var packet = Rtp(ssrc: 5, sequence: 7);
            var first = Room(packet);
            var second = Room(packet);
            Assert.Equal(client.ProtectRtp(first, packet.Length), client.ProtectRtp(second, packet.Length));
            Assert.Equal(first, second);
        }
    }

    [Theory]
    [MemberData(nameof(ProfileIds))]
    public void ProtectRtcp_RoundTrip_AndTamperedIsRefused(int profileId)
    {
        var (client, server) = CreatePair(profileId);
        using (client)
        using (server)
        {
            byte[] packet = [0x80, 201, 0, 1, 0, 0, 0, 9];
            var buffer = Room(packet);
            var length = server.ProtectRtcp(buffer, packet.Length);
            var tampered = buffer.AsSpan(0, length).ToArray();
            tampered[6] ^= 1;

            Assert.Equal(SrtpResult.Unauthenticated, client.UnprotectRtcp(tampered, out _));
            Assert.Equal(SrtpResult.Ok, client.UnprotectRtcp(buffer.AsSpan(0, length), out var plain));
            Assert.Equal(packet, buffer.AsSpan(0, plain));
        }
    }

    [Fact]
    public void ProtectRtp_NoRoomForTheTag_Refuses()
    {
        var (client, server) = CreatePair(SrtpProfile.Aes128CmSha1.Id);
        using (client)
        using (server)
        {
            Assert.Equal(0, client.ProtectRtp(new byte[60], 60));
            Assert.Equal(SrtpResult.Malformed, server.UnprotectRtp(new byte[11], out _));
            Assert.Equal(SrtpResult.Malformed, server.UnprotectRtcp(new byte[7], out _));
        }
    }

    private static (SrtpSession Client, SrtpSession Server) CreatePair(int profileId)
    {
        var profile = SrtpProfile.Find(profileId)!;
        using var clientKeys = new SrtpKeys(profile, isClient: true);
        new Random(3).NextBytes(clientKeys.Material);
        using var serverKeys = new SrtpKeys(profile, isClient: false);
        clientKeys.Material.CopyTo(serverKeys.Material, 0);
        return (new SrtpSession(clientKeys), new SrtpSession(serverKeys));
    }

    private static byte[] Room(byte[] packet)
    {
        var buffer = new byte[packet.Length + SrtpSession.MaxTrailer];
        packet.CopyTo(buffer, 0);
        return buffer;
    }

    private static byte[] Rtp(uint ssrc, ushort sequence)
    {
        var packet = new byte[12 + 50];
        packet[0] = 0x80;
        packet[1] = 111;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), sequence);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(8), ssrc);
        packet.AsSpan(12).Fill(0xAB);
        return packet;
    }
}
