using Agent.WebRtc.Rtp;

namespace Agent.Tests.WebRtc.Rtp;

public sealed class RtpRewriterTests
{
    private readonly RtpRewriter _rewriter = new(100, 5_000);
    private readonly object _first = new();
    private readonly object _second = new();

    [Fact]
    public void Rewrite_OneSource_KeepsGapsAndOrder()
    {
        Assert.Equal((100, 5_000u), Rewrite(_first, 1, 65_534, 960, 0));
        Assert.Equal((102, 6_920u), Rewrite(_first, 1, 0, 2_880, 40));
        Assert.Equal((101, 5_960u), Rewrite(_first, 1, 65_535, 1_920, 41));
        Assert.Equal((103, 7_880u), Rewrite(_first, 1, 1, 3_840, 60));
    }

    [Fact]
    public void Rewrite_SourceSwitches_SequenceGoesOnAndTimestampFollowsTheClock()
    {
        Rewrite(_first, 1, 10, 1_000, 0);
        Assert.Equal((101, 5_000u + 48_000), Rewrite(_second, 2, 50_000, 4_294_967_295, 1_000));
        Assert.Equal((102, 5_000u + 48_960), Rewrite(_second, 2, 50_001, 959, 1_020));
        Assert.Equal((103, 5_000u + 49_920), Rewrite(_first, 1, 60, 9_000, 1_040));
    }

    [Fact]
    public void Rewrite_SameTrackWithNewSsrc_IsASwitchToo()
    {
        Rewrite(_first, 1, 10, 1_000, 0);
        Assert.Equal((101, 5_960u), Rewrite(_first, 77, 3, 3, 20));
    }

    private (int Sequence, uint Timestamp) Rewrite(object source, uint ssrc, ushort sequence, uint timestamp, int milliseconds)
    {
        var (newSequence, newTimestamp) = _rewriter.Rewrite(source, ssrc, sequence, timestamp, 48_000, TimeSpan.FromMilliseconds(milliseconds));
        return (newSequence, newTimestamp);
    }
}
