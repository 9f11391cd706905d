using System.Buffers.Binary;
using System.Diagnostics;
using Agent.Pipeline.Audio;

namespace Agent.Tests.Pipeline.Harness;

/// <summary>Real speech for tests, made by Debian's flite: 16 kHz mono.</summary>
internal static class FliteVoice
{
    internal static async Task<short[]> SayAsync(string text)
    {
        var path = Path.Combine(Path.GetTempPath(), $"flite-{Guid.NewGuid():N}.wav");
        try
        {
            using var process = Start("flite", ["-voice", "slt", "-t", text, "-o", path]);
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            await process.WaitForExitAsync(limit.Token);
            Assert.Equal(0, process.ExitCode);
            return Read(await File.ReadAllBytesAsync(path, CancellationToken.None));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static Process Start(string program, string[] arguments)
    {
        try
        {
            return Process.Start(program, arguments);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new InvalidOperationException($"{program} is missing: apt-get install flite", e);
        }
    }

    private static short[] Read(byte[] wave)
    {
        // RIFF: the fmt chunk holds the rate at 24, the data chunk begins at 44 in what flite writes.
        Assert.Equal(16_000, BinaryPrimitives.ReadInt32LittleEndian(wave.AsSpan(24)));
        var samples = new short[(wave.Length - 44) / 2];
        Buffer.BlockCopy(wave, 44, samples, 0, samples.Length * 2);
        return samples;
    }

    internal static IEnumerable<AudioFrame> Frames(short[] samples)
    {
        for (var i = 0; i + 160 <= samples.Length; i += 160)
        {
            var frame = AudioFrame.Rent(16_000, 160, i);
            samples.AsSpan(i, 160).CopyTo(frame.Writable);
            yield return frame;
        }
    }
}
