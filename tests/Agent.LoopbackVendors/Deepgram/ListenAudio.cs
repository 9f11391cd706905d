using System.Runtime.InteropServices;

namespace Agent.LoopbackVendors.Deepgram;

/// <summary>Counts the audio of a stream and when the client last sent anything.</summary>
internal sealed class ListenAudio(int sampleRateHz)
{
    private long _samples;

    /// <summary>How much has come.</summary>
    public TimeSpan Received => TimeSpan.FromSeconds((double)Interlocked.Read(ref _samples) / sampleRateHz);

    /// <summary>The samples of a message; null when it is not 16-bit audio.</summary>
    public short[]? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty || bytes.Length % 2 != 0)
            return null;
        Interlocked.Add(ref _samples, bytes.Length / 2);
        return MemoryMarshal.Cast<byte, short>(bytes).ToArray();
    }
}
