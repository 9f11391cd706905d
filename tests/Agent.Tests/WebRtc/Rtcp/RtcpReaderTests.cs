using Agent.WebRtc.Rtcp;
using Agent.WebRtc.Rtp;

namespace Agent.Tests.WebRtc.Rtcp;

public sealed class RtcpReaderTests
{
    [Fact]
    public void TryRead_WrittenCompound_ReadsBack()
    {
        Span<byte> buffer = stackalloc byte[512];
        var block = new ReceptionReport(0xAABBCCDD, 12, -5, 70_000, 33, 0x11112222, 65_536);
        var writer = new RtcpWriter(buffer);
        Assert.True(writer.AddSenderReport(1, 0x0123456789ABCDEF, 2, 3, 4, [block]));
        Assert.True(writer.AddCanonicalName(1, "name"u8));
        Assert.True(writer.AddPictureLoss(1, 9));
        Assert.True(writer.AddGoodbye(1));

        var reader = new RtcpReader(buffer[..writer.Length]);
        Assert.True(reader.TryRead(out var report));
        Assert.True(report.TryGetSenderInfo(out var ntp, out var timestamp, out var packets, out var octets));
        Assert.Equal((0x0123456789ABCDEFul, 2u, 3u, 4u), (ntp, timestamp, packets, octets));
        Assert.True(report.TryGetReport(0, out var read));
        Assert.Equal(block, read);
        Assert.False(report.TryGetReport(1, out _));
        Assert.True(reader.TryRead(out var description));
        Assert.Equal(RtcpPacketType.SourceDescription, description.Type);
        Assert.True(reader.TryRead(out var loss));
        Assert.Equal((RtcpPacketType.PayloadFeedback, RtcpFeedback.PictureLoss, 9u), (loss.Type, loss.Count, loss.MediaSsrc));
        Assert.True(reader.TryRead(out var goodbye));
        Assert.Equal(RtcpPacketType.Goodbye, goodbye.Type);
        Assert.False(reader.TryRead(out _));
        Assert.False(reader.IsMalformed);
    }

    [Fact]
    public void AddNack_RunsAndGaps_ReadBackInOrder()
    {
        ushort[] missing = [65_530, 65_531, 65_535, 0, 10, 11, 200];
        Span<byte> buffer = stackalloc byte[128];
        var writer = new RtcpWriter(buffer);
        Assert.True(writer.AddNack(1, 2, missing));

        var reader = new RtcpReader(buffer[..writer.Length]);
        Assert.True(reader.TryRead(out var packet));
        Assert.Equal(8 + (3 * 4), packet.Body.Length);
        var read = new List<ushort>();
        var nack = new NackReader(packet.FeedbackControl);
        while (nack.TryRead(out var sequence)) read.Add(sequence);
        Assert.Equal(missing, read);
    }

    [Theory]
    [InlineData("80C9")] // half a header
    [InlineData("40C9000100000001")] // version 1
    [InlineData("80C9000200000001")] // longer than it is
    [InlineData("A0C9000100000000")] // padding of 0
    [InlineData("A0C9000100000009")] // more padding than packet
    public void TryRead_Malformed_IsToldApartFromTheEnd(string hex)
    {
        var reader = new RtcpReader(Convert.FromHexString(hex));
        Assert.False(reader.TryRead(out _));
        Assert.True(reader.IsMalformed);
    }

    [Fact]
    public void From_KnownTime_IsNtp()
    {
        // 1970 is 2,208,988,800 s after 1900 (RFC 868).
        Assert.Equal((2_208_988_800ul << 32) + 0x80000000, NtpTime.From(DateTimeOffset.UnixEpoch.AddMilliseconds(500)));
    }
}
