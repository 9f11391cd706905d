using Agent.Playground.Check;

namespace Agent.Tests.Playground.Check;

public class AudioTraceTests
{
    private const int Window = AudioTrace.Window;

    private TimeSpan _now;

    [Fact]
    public void FirstAudible_LoudAfterSilence_IsWhereTheVoiceBegins()
    {
        var trace = Trace(Silence(10), Voice(5), Silence(3));
        Assert.Equal(10 * Window, trace.FirstAudible(0));
        Assert.Equal(15 * Window, trace.LastAudible(0));
        Assert.Null(trace.FirstAudible(15 * Window));
        Assert.Null(trace.LastAudible(0, 10 * Window));
    }

    [Fact]
    public void FirstAudible_OneLoudWindow_IsAClick() => Assert.Null(Trace(Silence(5), Voice(1), Silence(5)).FirstAudible(0));

    [Fact]
    public void FirstSilence_ShortPauses_AreNone()
    {
        var trace = Trace(Voice(5), Silence(20), Voice(5), Silence(50));
        Assert.Equal(30 * Window, trace.FirstSilence(0, TimeSpan.FromSeconds(0.5)));
        Assert.Equal(5 * Window, trace.FirstSilence(0, TimeSpan.FromSeconds(0.2)));
        Assert.Null(trace.FirstSilence(0, TimeSpan.FromSeconds(0.6)));
    }

    [Fact]
    public void Append_SkippedPositions_CountAsSilence()
    {
        var trace = Trace(Voice(5));
        trace.Append(10 * Window, Voice(5));
        Assert.Equal(15 * Window, trace.Length);
        Assert.Equal(10 * Window, trace.FirstAudible(5 * Window));
    }

    [Fact]
    public void TimeOf_LateArrivals_DoNotMoveTheClock()
    {
        var trace = new AudioTrace(() => _now);
        for (var i = 0; i < 100; i++)
        {
            // Every other window is seen 30 ms late.
            _now = TimeSpan.FromSeconds(5) + TimeSpan.FromMilliseconds(((i + 1) * 10) + (i % 2 * 30));
            trace.Append((long)i * Window, Silence(1));
        }

        Assert.Equal(TimeSpan.FromSeconds(5.5), trace.TimeOf(50 * Window));
        Assert.Equal(50 * Window, trace.PositionAt(TimeSpan.FromSeconds(5.5)));
    }

    private static short[] Silence(int windows) => new short[windows * Window];

    private static short[] Voice(int windows) =>
        [.. Enumerable.Range(0, windows * Window).Select(i => (short)(3_000 * Math.Sin(i * Math.Tau * 200 / AudioTrace.SampleRateHz)))];

    private AudioTrace Trace(params short[][] pieces)
    {
        var trace = new AudioTrace(() => _now);
        foreach (var piece in pieces)
            trace.Append(trace.Length, piece);
        return trace;
    }
}
