using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Agent.Tests.EndToEnd.OfficialClients;

/// <summary>16 kHz mono WAV files in a folder of their own, deleted with it.</summary>
internal sealed class WavFolder : IDisposable
{
    private const int HeaderBytes = 44;
    private const int SampleRateHz = 16_000;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("clients-");

    internal string PathOf(string name) => Path.Combine(_folder.FullName, name);

    internal string Write(string name, ReadOnlySpan<short> samples)
    {
        var bytes = new byte[HeaderBytes + (samples.Length * sizeof(short))];
        Encoding.ASCII.GetBytes("RIFF").CopyTo(bytes, 0);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), bytes.Length - 8);
        Encoding.ASCII.GetBytes("WAVEfmt ").CopyTo(bytes, 8);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(20), 1);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(22), 1);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(24), SampleRateHz);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(28), SampleRateHz * sizeof(short));
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(32), sizeof(short));
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(34), 16);
        Encoding.ASCII.GetBytes("data").CopyTo(bytes, 36);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(40), samples.Length * sizeof(short));
        MemoryMarshal.AsBytes(samples).CopyTo(bytes.AsSpan(HeaderBytes));
        File.WriteAllBytes(PathOf(name), bytes);
        return PathOf(name);
    }

    internal short[] Read(string name) => MemoryMarshal.Cast<byte, short>(File.ReadAllBytes(PathOf(name)).AsSpan(HeaderBytes)).ToArray();

    public void Dispose() => _folder.Delete(recursive: true);
}
