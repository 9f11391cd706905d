using System.Runtime.InteropServices;

namespace Agent.Benchmarks.Providers;

/// <summary>What a call does to a voice: through the Opus codec at 16 kHz, 20 ms packets, 24 kbit/s, and back. Signatures: opus.h.</summary>
internal static unsafe partial class OpusPassage
{
    private const string Library = "libopus.so.0";
    private const int SampleRateHz = 16_000;
    private const int PacketSamples = SampleRateHz / 50;
    private const int ApplicationVoip = 2048;
    private const int SetBitrateRequest = 4002;

    public static short[] Through(ReadOnlySpan<short> samples)
    {
        int error;
        var encoder = CreateEncoder(SampleRateHz, 1, ApplicationVoip, &error);
        var decoder = CreateDecoder(SampleRateHz, 1, &error);
        _ = EncoderControl(encoder, SetBitrateRequest, 24_000);
        var result = new short[(samples.Length / PacketSamples + 1) * PacketSamples];
        Span<short> packet = stackalloc short[PacketSamples];
        Span<byte> coded = stackalloc byte[1_275];
        for (var at = 0; at < result.Length; at += PacketSamples)
        {
            packet.Clear();
            samples[at..Math.Min(samples.Length, at + PacketSamples)].CopyTo(packet);
            fixed (short* input = packet, output = &result[at])
            fixed (byte* bytes = coded)
            {
                var length = Encode(encoder, input, PacketSamples, bytes, coded.Length);
                if (length < 0 || Decode(decoder, bytes, length, output, PacketSamples, 0) != PacketSamples)
                    throw new InvalidOperationException($"Opus failed with {length}.");
            }
        }

        DestroyEncoder(encoder);
        DestroyDecoder(decoder);
        return result;
    }

    [LibraryImport(Library, EntryPoint = "opus_encoder_create")]
    private static partial nint CreateEncoder(int rate, int channels, int application, int* error);

    [LibraryImport(Library, EntryPoint = "opus_decoder_create")]
    private static partial nint CreateDecoder(int rate, int channels, int* error);

    [LibraryImport(Library, EntryPoint = "opus_encoder_ctl")]
    private static partial int EncoderControl(nint encoder, int request, int value);

    [LibraryImport(Library, EntryPoint = "opus_encode")]
    private static partial int Encode(nint encoder, short* samples, int count, byte* data, int capacity);

    [LibraryImport(Library, EntryPoint = "opus_decode")]
    private static partial int Decode(nint decoder, byte* data, int length, short* samples, int count, int fec);

    [LibraryImport(Library, EntryPoint = "opus_encoder_destroy")]
    private static partial void DestroyEncoder(nint encoder);

    [LibraryImport(Library, EntryPoint = "opus_decoder_destroy")]
    private static partial void DestroyDecoder(nint decoder);
}
