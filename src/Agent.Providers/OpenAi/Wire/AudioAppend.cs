using System.Buffers;
using System.Buffers.Text;
using System.Runtime.InteropServices;

namespace Agent.Providers.OpenAi.Wire;

/// <summary>
/// <c>input_audio_buffer.append</c>: audio in base64, at most 15 MiB each. Written by hand, because it is sent many times a second and nothing of it
/// has to be escaped. Source: https://developers.openai.com/api/reference/resources/realtime/client-events (openai 7.57.0, <c>InputAudioBufferAppendEvent</c>).
/// </summary>
internal static class AudioAppend
{
    /// <summary>Writes one message; allocates nothing of its own.</summary>
    /// <param name="samples">16-bit mono at 24 kHz.</param>
    /// <param name="into">Receives the message.</param>
    public static void Write(ReadOnlySpan<short> samples, IBufferWriter<byte> into)
    {
        var audio = MemoryMarshal.AsBytes(samples);
        into.Write("{\"type\":\"input_audio_buffer.append\",\"audio\":\""u8);
        Base64.EncodeToUtf8(audio, into.GetSpan(Base64.GetMaxEncodedToUtf8Length(audio.Length)), out _, out var written);
        into.Advance(written);
        into.Write("\"}"u8);
    }
}
