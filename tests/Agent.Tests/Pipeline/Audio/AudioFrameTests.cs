using Agent.Pipeline.Audio;

namespace Agent.Tests.Pipeline.Audio;

public class AudioFrameTests
{
    [Fact]
    public void Rent_AfterDispose_AllocatesNothing()
    {
        AudioFrame.Rent(16_000, 160).Dispose();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
            AudioFrame.Rent(16_000, 160).Dispose();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData(7_999, 160)]
    [InlineData(48_001, 160)]
    [InlineData(16_000, 0)]
    [InlineData(16_000, 160_001)]
    public void Rent_OutOfRange_Throws(int sampleRateHz, int sampleCount) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => AudioFrame.Rent(sampleRateHz, sampleCount));
}
