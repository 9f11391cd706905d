using Agent.Pipeline.Listening;

namespace Agent.Tests.Pipeline.Listening;

public class RecentAudioTests
{
    private readonly RecentAudio _recent = new();

    [Fact]
    public void Since_MoreThanIsKept_IsTheLastEightSeconds()
    {
        Fill(0, 2_500);
        var audio = _recent.Since(0);
        Assert.Equal(8 * 16_000, audio.Length);
        Assert.Equal(Sample(2_500 * 160 - 1), audio[^1]);
        Assert.Equal(Sample((2_500 * 160) - audio.Length), audio[0]);
    }

    [Fact]
    public void Since_APosition_BeginsThere()
    {
        Fill(0, 1_500);
        var audio = _recent.Since((1_500 * 160) - 1_000);
        Assert.Equal(1_000, audio.Length);
        Assert.Equal(Sample((1_500 * 160) - 1_000), audio[0]);
    }

    [Fact]
    public void Since_LostFrames_AreSilence()
    {
        Fill(0, 10);
        Fill(12, 1);
        var audio = _recent.Since(0);
        Assert.Equal(13 * 160, audio.Length);
        Assert.All(audio[(10 * 160)..(12 * 160)], sample => Assert.Equal(0, sample));
        Assert.Equal(Sample(12 * 160), audio[12 * 160]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100_000)]
    public void Since_PositionsJump_ForgetsWhatWasBefore(long frame)
    {
        Fill(500, 100);
        Fill(frame, 2);
        Assert.Equal(320, _recent.Since(0).Length);
    }

    [Fact]
    public void Since_NothingHeard_IsEmpty() => Assert.Empty(_recent.Since(0));

    [Fact]
    public void Add_Always_AllocatesNothing()
    {
        var frame = new short[160];
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 3_000; i++)
            _recent.Add(frame, i * 160);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static short Sample(long position) => (short)((position % 30_000) + 1);

    private void Fill(long firstFrame, int frames)
    {
        var samples = new short[160];
        for (var frame = firstFrame; frame < firstFrame + frames; frame++)
        {
            for (var i = 0; i < samples.Length; i++)
                samples[i] = Sample((frame * 160) + i);
            _recent.Add(samples, frame * 160);
        }
    }
}
