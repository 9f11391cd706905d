using System.Text;
using Agent.Pipeline.Audio;
using Agent.Pipeline.Errors;
using Agent.Pipeline.Recordings.Sound;

namespace Agent.Tests.Pipeline.Recordings;

public sealed class WaveReaderTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Read_FileOfItsOwnWriter_GivesTheSamplesWithTheSilenceBetween()
    {
        File.Delete(_path);
        using (var file = new WaveFile(_path, 24_000))
        {
            file.Write(0, [1, -2, short.MinValue]);
            file.Flush();
            file.Write(5, [short.MaxValue]);
            file.Flush();
        }

        var (rate, samples) = WaveReader.Read(_path);

        Assert.Equal(24_000, rate);
        Assert.Equal([1, -2, short.MinValue, 0, 0, short.MaxValue], samples);
    }

    [Fact]
    public void Read_OtherChunksBeforeTheSound_PassesThemOver()
    {
        // A chunk of odd length is followed by a byte that belongs to none.
        File.WriteAllBytes(_path, [.. Riff(), .. Chunk("LIST", [1, 2, 3]), 0, .. Format(), .. Chunk("fact", [0, 0, 0, 0]), .. Chunk("data", [5, 0, 6, 0])]);

        Assert.Equal([5, 6], WaveReader.Read(_path).Samples);
    }

    [Fact]
    public void Read_FormatWithAnExtension_IsRead()
    {
        File.WriteAllBytes(_path, [.. Riff(), .. Format(extension: [0, 0]), .. Chunk("data", [5, 0])]);

        Assert.Equal([5], WaveReader.Read(_path).Samples);
    }

    [Fact]
    public void Read_SoundLongerThanTheFile_GivesWhatIsThere()
    {
        byte[] file = [.. WaveHeader.Of(8_000, 100), 7, 0, 8, 0, 9];
        File.WriteAllBytes(_path, file);

        Assert.Equal([7, 8], WaveReader.Read(_path).Samples);
    }

    public static TheoryData<string, byte[]> Bad => new()
    {
        { "nothing", [] },
        { "text", Encoding.UTF8.GetBytes("This is not a sound, whatever it is called.") },
        { "beginning only", [.. Riff()] },
        { "big-endian", [.. "RIFX"u8, .. Riff()[4..], .. Format(), .. Chunk("data", [1, 0])] },
        { "no sound", [.. Riff(), .. Format()] },
        { "no format before the sound", [.. Riff(), .. Chunk("data", [1, 0]), .. Format()] },
        { "empty sound", [.. Riff(), .. Format(), .. Chunk("data", [])] },
        { "half a sample", [.. Riff(), .. Format(), .. Chunk("data", [1])] },
        { "short format", [.. Riff(), .. Chunk("fmt ", [1, 0, 1, 0]), .. Chunk("data", [1, 0])] },
        { "stereo", [.. Riff(), .. Format(channels: 2), .. Chunk("data", [1, 0, 1, 0])] },
        { "8 bits", [.. Riff(), .. Format(bits: 8), .. Chunk("data", [1, 0])] },
        { "compressed", [.. Riff(), .. Format(coding: 7), .. Chunk("data", [1, 0])] },
        { "too slow", [.. Riff(), .. Format(rate: 4_000), .. Chunk("data", [1, 0])] },
        { "too fast", [.. Riff(), .. Format(rate: 96_000), .. Chunk("data", [1, 0])] },
        { "negative rate", [.. Riff(), .. Format(rate: -16_000), .. Chunk("data", [1, 0])] },
        { "a chunk longer than anything", [.. Riff(), .. "LIST"u8, 0xFF, 0xFF, 0xFF, 0xFF, .. Format()] },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void Read_FileOfAnotherKind_SaysHowToMakeOne(string what, byte[] bytes)
    {
        File.WriteAllBytes(_path, bytes);

        var error = Assert.Throws<ConfigurationException>(() => WaveReader.Read(_path));

        Assert.True(error.Message.Contains(_path, StringComparison.Ordinal) && error.Message.Contains("sox", StringComparison.Ordinal), $"{what}: {error.Message}");
    }

    [Fact]
    public void Read_NoSuchFile_SaysSo()
    {
        var path = _path + ".missing";

        Assert.Contains(path, Assert.Throws<ConfigurationException>(() => WaveReader.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AnyByteOfAFileChanged_IsReadOrRefused()
    {
        byte[] good = [.. WaveHeader.Of(16_000, 4), 1, 0, 2, 0, 3, 0, 4, 0];
        for (var at = 0; at < good.Length; at++)
        {
            foreach (var value in (byte[])[0, 1, 0x7F, 0xFF])
            {
                byte[] bytes = [.. good[..at], value, .. good[(at + 1)..]];
                File.WriteAllBytes(_path, bytes);
                try
                {
                    Assert.InRange(WaveReader.Read(_path).Samples.Length, 1, 4);
                }
                catch (ConfigurationException)
                {
                    // As it should be.
                }
            }
        }
    }

    private static byte[] Riff() => [.. "RIFF"u8, 0, 0, 0, 0, .. "WAVE"u8];

    private static byte[] Chunk(string name, byte[] content) => [.. Encoding.ASCII.GetBytes(name), .. BitConverter.GetBytes(content.Length), .. content];

    private static byte[] Format(short coding = 1, short channels = 1, int rate = 16_000, short bits = 16, byte[]? extension = null) => Chunk(
        "fmt ",
        [
            .. BitConverter.GetBytes(coding),
            .. BitConverter.GetBytes(channels),
            .. BitConverter.GetBytes(rate),
            .. BitConverter.GetBytes(rate * channels * bits / 8),
            .. BitConverter.GetBytes((short)(channels * bits / 8)),
            .. BitConverter.GetBytes(bits),
            .. extension ?? [],
        ]);
}
