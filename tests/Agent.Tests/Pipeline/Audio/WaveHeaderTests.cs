using Agent.Pipeline.Audio;

namespace Agent.Tests.Pipeline.Audio;

public sealed class WaveHeaderTests
{
    // Written down from the layout, so that a mistake is not made here and there alike.
    private const string Header16KHz = "52494646 {0} 57415645 666D7420 10000000 0100 0100 803E0000 007D0000 0200 1000 64617461 {1}";

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

        Assert.Equal(string.Format(System.Globalization.CultureInfo.InvariantCulture, Header16KHz, file, data).Replace(" ", "", StringComparison.Ordinal), Convert.ToHexString(header));
    }
}
