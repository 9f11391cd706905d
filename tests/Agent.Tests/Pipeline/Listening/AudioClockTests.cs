using Agent.Pipeline.Listening;

namespace Agent.Tests.Pipeline.Listening;

public class AudioClockTests
{
    [Fact]
    public void At_LateAndBunchedArrivals_FollowsTheEarliest()
    {
        var clock = new AudioClock();
        var random = new Random(1);
        for (var i = 1; i <= 1_000; i++)
            clock.Arrived(i * 160L, TimeSpan.FromSeconds(5 + i * 0.01 + (i % 10 == 0 ? 0 : random.NextDouble() * 0.2)));
        Assert.Equal(15, clock.At(160_000).TotalSeconds, 0.002);
    }

    [Fact]
    public void At_ClocksThatDrift_Follows()
    {
        // The sender's clock is 200 parts per million slow: its samples take longer than they say.
        var clock = new AudioClock();
        for (var i = 1; i <= 60_000; i++)
            clock.Arrived(i * 160L, TimeSpan.FromSeconds(i * 0.01 * 1.0002));
        Assert.Equal(600 * 1.0002, clock.At(9_600_000).TotalSeconds, 0.005);
    }

    [Fact]
    public void PositionAt_ATime_IsTheInverse()
    {
        var clock = new AudioClock();
        clock.Arrived(16_000, TimeSpan.FromSeconds(5));
        Assert.Equal(40_000, clock.PositionAt(clock.At(40_000)));
    }

    [Fact]
    public void Position_AfterAGap_CountsFromWhatWasPushed()
    {
        var clock = new RecogniserClock();
        clock.Jump(0, 1_600);
        clock.Jump(16_000, 48_000);
        Assert.Equal(1_600, clock.Position(0));
        Assert.Equal(9_600, clock.Position(8_000));
        Assert.Equal(48_000, clock.Position(16_000));
        Assert.Equal(56_000, clock.Position(24_000));
    }
}
