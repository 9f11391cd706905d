using Agent.LiveKit.Rtc.Audio;

namespace Agent.Tests.LiveKit.Rtc.Audio;

public class PacingScheduleTests
{
    private const long Frequency = 1_000_000;
    private const long Millisecond = Frequency / 1_000;
    private const long Grace = 20 * Millisecond;
    private const long Tail = 100 * Millisecond;

    private PacingSchedule _schedule = new(Frequency, Grace, Tail);

    [Fact]
    public void Next_WithoutAnything_IsIdle() => Assert.Equal(PacingStep.Idle, _schedule.Next(5, hasFrame: false));

    [Fact]
    public void Next_FirstFrame_IsSentAtOnce() => Assert.Equal(PacingStep.SendFrame, _schedule.Next(123_456, hasFrame: true));

    [Fact]
    public void Next_AnHourOfLateWakeUps_DoesNotDrift()
    {
        var random = new Random(5);
        long now = 777, last = 0;
        const int Frames = 360_000;
        for (var i = 0; i < Frames; i++)
        {
            while (_schedule.Next(now, hasFrame: true) == PacingStep.Wait)
                now = _schedule.WakeAt + random.Next((int)(3 * Millisecond));
            last = now;
        }

        var expected = 777 + ((Frames - 1) * 10 * Millisecond);
        Assert.InRange(last, expected - Millisecond, expected + (3 * Millisecond));
    }

    [Fact]
    public void Next_LateFrameWithinTheGrace_IsCaughtUpOn()
    {
        _schedule.Next(0, hasFrame: true);
        Assert.Equal(PacingStep.WaitForFrame, _schedule.Next(10 * Millisecond, hasFrame: false));
        Assert.Equal(30 * Millisecond, _schedule.WakeAt);
        Assert.Equal(PacingStep.SendFrame, _schedule.Next(25 * Millisecond, hasFrame: true));
        Assert.Equal(PacingStep.SendFrame, _schedule.Next(25 * Millisecond, hasFrame: true));
        Assert.Equal(PacingStep.Wait, _schedule.Next(25 * Millisecond, hasFrame: true));
        Assert.Equal(30 * Millisecond, _schedule.WakeAt);
        Assert.Equal(0, _schedule.Underruns);
    }

    [Fact]
    public void Next_NoFrameAfterTheGrace_IsSilenceForTheTailAndThenNothing()
    {
        _schedule.Next(0, hasFrame: true);
        var silent = 0;
        long now = 30 * Millisecond;
        PacingStep step;
        while ((step = _schedule.Next(now, hasFrame: false)) != PacingStep.Idle)
        {
            if (step == PacingStep.Wait)
                now = _schedule.WakeAt;
            else
                silent++;
        }

        Assert.Equal(10, silent);
        Assert.Equal(1, _schedule.Underruns);
        Assert.Equal(PacingStep.SendFrame, _schedule.Next(now + 12_345, hasFrame: true));
    }

    [Fact]
    public void Next_AfterALongStall_StartsANewCountInsteadOfABurst()
    {
        _schedule.Next(0, hasFrame: true);
        var now = 5_000 * Millisecond;
        Assert.Equal(PacingStep.SendFrame, _schedule.Next(now, hasFrame: true));
        Assert.Equal(PacingStep.Wait, _schedule.Next(now, hasFrame: true));
        Assert.Equal(now + (10 * Millisecond), _schedule.WakeAt);
    }
}
