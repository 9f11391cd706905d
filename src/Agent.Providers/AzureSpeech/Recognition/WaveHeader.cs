using System.Buffers.Binary;

namespace Agent.Providers.AzureSpeech.Recognition;

/// <summary>
/// The RIFF header that goes before the audio of each turn: PCM, 16 bits, mono, lengths zero because nobody knows them. Source: AudioStreamFormatImpl of
/// Microsoft's Speech SDK for JavaScript 1.52.
/// </summary>
internal static class WaveHeader
{
    public static ReadOnlySpan<byte> Bytes => s_bytes;

    private static readonly byte[] s_bytes = Write(RecognitionSettings.SampleRateHz);

    private static byte[] Write(int sampleRateHz)
    {
        var header = new byte[44];
        "RIFF"u8.CopyTo(header);
        "WAVEfmt "u8.CopyTo(header.AsSpan(8));
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(16), 16);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(20), 1);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(22), 1);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(24), (uint)sampleRateHz);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(28), (uint)sampleRateHz * 2);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(32), 2);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(34), 16);
        "data"u8.CopyTo(header.AsSpan(36));
        return header;
    }
}
