using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using Agent.Pipeline.Audio;

namespace Agent.Providers.OpenAi.Speech.Files;

/// <summary>A segment as a WAV file, written straight from its samples: 16-bit mono PCM.</summary>
internal sealed class WaveContent : HttpContent
{
    private readonly SegmentSound _sound;

    public WaveContent(SegmentSound sound)
    {
        _sound = sound;
        Headers.ContentType = new MediaTypeHeaderValue("audio/wav");
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(WaveHeader.Of(FileTranscription.SampleRateHz, _sound.Samples), cancellationToken);
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
        length = WaveHeader.Size + (2L * _sound.Samples);
        return true;
    }
}
