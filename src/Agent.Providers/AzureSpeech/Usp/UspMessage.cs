using System.Buffers.Binary;
using System.Text;

namespace Agent.Providers.AzureSpeech.Usp;

/// <summary>
/// A message of Microsoft's Universal Speech Protocol, as it was received: headers as in HTTP, then a body. In a text message an empty line lies between
/// them, in a binary message the length of the headers comes first, as two bytes, the larger one first. Source: WebsocketMessageFormatter of Microsoft's
/// Speech SDK for JavaScript 1.52.
/// </summary>
/// <param name="Head">The lines of the headers.</param>
/// <param name="Body">What follows.</param>
/// <param name="IsBinary">Whether it came as a binary message.</param>
internal readonly record struct UspMessage(ReadOnlyMemory<byte> Head, ReadOnlyMemory<byte> Body, bool IsBinary)
{
    public ReadOnlySpan<byte> Path => Header("Path"u8);

    public ReadOnlySpan<byte> RequestId => Header("X-RequestId"u8);

    public ReadOnlySpan<byte> StreamId => Header("X-StreamId"u8);

    public ReadOnlySpan<byte> ContentType => Header("Content-Type"u8);

    /// <summary>Reads a whole WebSocket message; refuses what has no path.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> bytes, bool isBinary, out UspMessage message)
    {
        message = default;
        if (isBinary ? !TryBinary(bytes, out message) : !TryText(bytes, out message))
            return false;
        return !message.Path.IsEmpty;
    }

    /// <summary>Whether the path is the given one, in any case.</summary>
    public bool IsPath(ReadOnlySpan<byte> path) => Ascii.EqualsIgnoreCase(Path, path);

    /// <summary>Whether the message belongs to a request; identifiers are compared in any case, as Microsoft's SDK does.</summary>
    public bool IsOf(string requestId) => Ascii.EqualsIgnoreCase(RequestId, requestId);

    /// <summary>A header's value without white space around it; empty when there is none.</summary>
    public ReadOnlySpan<byte> Header(ReadOnlySpan<byte> name)
    {
        for (var rest = Head.Span; !rest.IsEmpty;)
        {
            var end = rest.IndexOfAny((byte)'\r', (byte)'\n');
            var line = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 1)..];
            var colon = line.IndexOf((byte)':');
            if (colon > 0 && Ascii.EqualsIgnoreCase(Trim(line[..colon]), name))
                return Trim(line[(colon + 1)..]);
        }

        return default;
    }

    private static bool TryText(ReadOnlyMemory<byte> bytes, out UspMessage message)
    {
        var end = bytes.Span.IndexOf("\r\n\r\n"u8);
        message = end < 0 ? new UspMessage(bytes, default, IsBinary: false) : new UspMessage(bytes[..end], bytes[(end + 4)..], IsBinary: false);
        return true;
    }

    private static bool TryBinary(ReadOnlyMemory<byte> bytes, out UspMessage message)
    {
        message = default;
        if (bytes.Length < 2)
            return false;
        var length = BinaryPrimitives.ReadUInt16BigEndian(bytes.Span);
        if (bytes.Length < 2 + length)
            return false;
        message = new UspMessage(bytes.Slice(2, length), bytes[(2 + length)..], IsBinary: true);
        return true;
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text) => text[Ascii.Trim(text)];
}
