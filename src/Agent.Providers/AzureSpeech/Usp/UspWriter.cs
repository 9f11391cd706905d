using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Agent.Providers.AzureSpeech.Usp;

/// <summary>
/// Writes messages of Microsoft's Universal Speech Protocol into a buffer that is used again: what it returns is valid until the next call. Headers as
/// SpeechConnectionMessage of Microsoft's Speech SDK for JavaScript 1.52 sends them.
/// </summary>
/// <param name="time">The clock of <c>X-Timestamp</c>.</param>
internal sealed class UspWriter(TimeProvider time)
{
    public const string Json = "application/json";

    private readonly ArrayBufferWriter<byte> _buffer = new(4 * 1024);

    /// <summary>A text message.</summary>
    public ReadOnlyMemory<byte> Text(string path, string requestId, string contentType, ReadOnlySpan<byte> body)
    {
        _buffer.ResetWrittenCount();
        Headers(path, requestId, contentType, streamId: null);
        _buffer.Write("\r\n"u8);
        _buffer.Write(body);
        return _buffer.WrittenMemory;
    }

    /// <summary>A binary message.</summary>
    public ReadOnlyMemory<byte> Binary(string path, string requestId, string? contentType, ReadOnlySpan<byte> body, string? streamId = null)
    {
        _buffer.ResetWrittenCount();
        _buffer.Write("\0\0"u8);
        Headers(path, requestId, contentType, streamId);
        var length = _buffer.WrittenCount - 2;
        _buffer.Write(body);
        var bytes = System.Runtime.InteropServices.MemoryMarshal.AsMemory(_buffer.WrittenMemory);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.Span, checked((ushort)length));
        return bytes;
    }

    private void Headers(string path, string requestId, string? contentType, string? streamId)
    {
        Header("Path: "u8, path);
        Header("X-RequestId: "u8, requestId);
        _buffer.Write("X-Timestamp: "u8);
        _ = time.GetUtcNow().TryFormat(_buffer.GetSpan(32), out var written, "yyyy-MM-ddTHH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture);
        _buffer.Advance(written);
        _buffer.Write("\r\n"u8);
        if (contentType is not null)
            Header("Content-Type: "u8, contentType);
        if (streamId is not null)
            Header("X-StreamId: "u8, streamId);
    }

    private void Header(ReadOnlySpan<byte> name, string value)
    {
        _buffer.Write(name);
        _ = Encoding.UTF8.GetBytes(value, _buffer);
        _buffer.Write("\r\n"u8);
    }
}
