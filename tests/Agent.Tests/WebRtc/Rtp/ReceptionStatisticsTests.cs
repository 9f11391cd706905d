using System.Buffers.Binary;
using Agent.WebRtc.Rtp;

namespace Agent.Tests.WebRtc.Rtp;

public sealed class ReceptionStatisticsTests
{
    private readonly ReceptionStatistics _statistics = new();

    [Fact]
    public void Report_OneInFourLostAcrossWrap_CountsThem()
    {
        foreach (var sequence in (ReadOnlySpan<ushort>)[65_533, 65_534, 65_535, 1, 2, 3]) Receive(sequence);
        var report = _statistics.Report(TimeSpan.FromSeconds(1));

        Assert.Equal(65_536u + 3, report.HighestSequence);
        Assert.Equal(1, report.CumulativeLost);
        Assert.Equal(256 / 7, report.FractionLost);
        Assert.Equal(0, _statistics.Report(TimeSpan.FromSeconds(2)).FractionLost);
    }

    [Fact]
    public void Report_LatePacket_IsNoLoss()
    {
        foreach (var sequence in (ReadOnlySpan<ushort>)[1, 3, 2]) Receive(sequence);
        Assert.Equal((0, (byte)0, 3u), Describe(_statistics.Report(TimeSpan.Zero)));
    }

    [Fact]
    public void Report_AfterSenderReport_CarriesItsTimeAndTheDelay()
    {
        Receive(1);
        _statistics.SenderReported(0x12345678, TimeSpan.FromSeconds(10));
        var report = _statistics.Report(TimeSpan.FromSeconds(10.5));

        Assert.Equal(0x12345678u, report.LastSenderReport);
        Assert.Equal(32_768u, report.DelaySinceLastSenderReport);
    }

    [Fact]
    public void Received_EvenSpacing_HasNoJitterAndUnevenHasSome()
    {
        for (ushort i = 0; i < 50; i++) Receive(i, timestamp: i * 960u, TimeSpan.FromMilliseconds(20 * i));
        Assert.Equal(0u, _statistics.Report(TimeSpan.Zero).Jitter);
        for (ushort i = 50; i < 100; i++) Receive(i, timestamp: i * 960u, TimeSpan.FromMilliseconds((20 * i) + (i % 2 * 10)));
        Assert.InRange(_statistics.Report(TimeSpan.Zero).Jitter, 400u, 480u);
    }

    private static (int, byte, uint) Describe(ReceptionReport report) => (report.CumulativeLost, report.FractionLost, report.HighestSequence);

    private void Receive(ushort sequence, uint timestamp = 0, TimeSpan now = default)
    {
        var bytes = new byte[12];
        bytes[0] = 0x80;
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), sequence);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4), timestamp);
        bytes[11] = 9;
        Assert.True(RtpPacket.TryParse(bytes, out var packet));
        _statistics.Received(packet, 48_000, now);
    }
}
