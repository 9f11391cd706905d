using Agent.WebRtc.Rtp;

namespace Agent.Tests.WebRtc.Rtp;

public sealed class RtpPacketTests
{
    [Fact]
    public void TryParse_ContributorsExtensionsAndPadding_FindsThePayload()
    {
        // V=2 P X CC=1, M PT=111, one contributor, one-byte extensions 1 = 0x85, padding byte, 4 = "7", payload AA BB, 2 bytes of padding.
        var bytes = Convert.FromHexString("B1EF00010000000200000003" + "00000009" + "BEDE0002" + "1085004037000000" + "AABB" + "0002");

        Assert.True(RtpPacket.TryParse(bytes, out var packet));
        Assert.True(packet.Marker);
        Assert.Equal(111, packet.PayloadType);
        Assert.Equal(1, packet.SequenceNumber);
        Assert.Equal(2u, packet.Timestamp);
        Assert.Equal(3u, packet.Ssrc);
        Assert.Equal("AABB", Convert.ToHexString(packet.Payload));
        Assert.Equal(2, packet.PaddingLength);
        Assert.True(packet.TryGetExtension(4, out var mid));
        Assert.Equal("7"u8, mid);
        var withLevel = packet.WithAudioLevelId(1);
        Assert.Equal((byte)5, withLevel.AudioLevel);
        Assert.True(withLevel.VoiceActivity);
        Assert.Null(packet.AudioLevel);
        Assert.False(packet.TryGetExtension(2, out _));
    }

    [Fact]
    public void TryGetExtension_TwoByteForm_IsRead()
    {
        var bytes = Convert.FromHexString("906F00010000000200000003" + "10000003" + "2003616263" + "0000" + "04000501FF");

        Assert.True(RtpPacket.TryParse(bytes, out var packet));
        Assert.True(packet.TryGetExtension(32, out var text));
        Assert.Equal("abc"u8, text);
        Assert.True(packet.TryGetExtension(4, out var empty));
        Assert.True(empty.IsEmpty);
        Assert.True(packet.TryGetExtension(5, out var value));
        Assert.Equal((byte)0xFF, Assert.Single(value.ToArray()));
        Assert.True(packet.Payload.IsEmpty);
    }

    [Theory]
    [InlineData("806F000100000002000000")] // too short
    [InlineData("406F00010000000200000003")] // version 1
    [InlineData("816F00010000000200000003")] // a contributor that is not there
    [InlineData("906F00010000000200000003BEDE0001")] // extensions that are not there
    [InlineData("A06F0001000000020000000300")] // no padding where there must be some
    [InlineData("A06F0001000000020000000305")] // more padding than packet
    public void TryParse_Malformed_IsRefused(string hex) => Assert.False(RtpPacket.TryParse(Convert.FromHexString(hex), out _));

    [Fact]
    public void Complete_WithExtensions_ParsesBack()
    {
        Span<byte> buffer = stackalloc byte[200];
        var writer = new RtpWriter(buffer, 96, marker: true, 65_535, 4_000_000_000, 0xDEADBEEF);
        writer.AddExtension(4, "12"u8);
        writer.AddExtension(0, "not negotiated"u8);
        writer.AddExtension(1, [0x80]);
        var length = writer.Complete("payload"u8);

        Assert.True(RtpPacket.TryParse(buffer[..length], out var packet));
        Assert.Equal((true, (byte)96, (ushort)65_535, 4_000_000_000u, 0xDEADBEEFu), (packet.Marker, packet.PayloadType, packet.SequenceNumber, packet.Timestamp, packet.Ssrc));
        Assert.Equal("payload"u8, packet.Payload);
        Assert.True(packet.TryGetExtension(4, out var mid));
        Assert.Equal("12"u8, mid);
        Assert.Equal((byte)0, packet.WithAudioLevelId(1).AudioLevel);
    }

    [Fact]
    public void Complete_PayloadTooLarge_IsRefused()
    {
        var writer = new RtpWriter(new byte[100], 96, marker: false, 1, 1, 1);
        Assert.Equal(0, writer.Complete(new byte[89]));
    }
}
