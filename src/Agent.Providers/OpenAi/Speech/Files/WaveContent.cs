using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.InteropServices;

namespace Agent.Providers.OpenAi.Speech.Files;

/// <summary>A segment as a WAV file, written straight from its samples: 16-bit mono PCM.</summary>
internal sealed class WaveContent : HttpContent
{
    private const int HeaderBytes = 44;

    private readonly SegmentSound _sound;

    public WaveContent(SegmentSound sound)
    {
        _sound = sound;
        Headers.ContentType = new MediaTypeHeaderValue("audio/wav");
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(Header(2 * _sound.Samples), cancellationToken);
        var bytes = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            foreach (var piece in _sound.Read())
            {
                for (var rest = piece; !rest.IsEmpty; rest = rest[Math.Min(rest.Length, bytes.Length / 2)..])
                {
                    var part = rest[..Math.Min(rest.Length, bytes.Length / 2)];
                    MemoryMarshal.AsBytes(part.Span).CopyTo(bytes);
                    await stream.WriteAsync(bytes.AsMemory(0, 2 * part.Length), cancellationToken);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = HeaderBytes + (2L * _sound.Samples);
        return true;
    }

    private static byte[] Header(int dataBytes)
    {
        const int rate = FileTranscription.SampleRateHz;
        var header = new byte[HeaderBytes];
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), HeaderBytes - 8 + dataBytes);
        "WAVEfmt "u8.CopyTo(header.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(20), 1);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(22), 1);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(24), rate);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(28), 2 * rate);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(32), 2);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(34), 16);
        "data"u8.CopyTo(header.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(40), dataBytes);
        return header;
    }
}
