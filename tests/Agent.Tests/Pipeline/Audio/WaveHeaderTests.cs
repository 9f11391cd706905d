using Agent.Pipeline.Audio;

namespace Agent.Tests.Pipeline.Audio;

public sealed class WaveHeaderTests
{
    // Written down from the layout, so that a mistake is not made here and there alike.
    private const string Format16KHz = "57415645666D742010000000" + "01000100" + "803E0000" + "007D0000" + "02001000";

    [Theory]
    [InlineData(0L, "24000000", "00000000")]
    [InlineData(3L, "2A000000", "06000000")]
    [InlineData(4_000_000_000L, "F7FFFFFF", "D3FFFFFF")]
    [InlineData(null, "00000000", "00000000")]
    public void Write_SoManySamples_IsTheLayout(long? samples, string file, string data)
    {
        var header = new byte[WaveHeader.Size];
        Array.Fill(header, (byte)0xEE);

        WaveHeader.Write(header, 16_000, samples);

        Assert.Equal($"52494646{file}{Format16KHz}64617461{data}", Convert.ToHexString(header));
    }
}
