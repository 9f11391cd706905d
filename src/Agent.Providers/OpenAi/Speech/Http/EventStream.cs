using System.Buffers;
using System.Runtime.CompilerServices;
using Agent.Pipeline.Errors;
using Agent.Providers.Vendors;

namespace Agent.Providers.OpenAi.Speech.Http;

/// <summary>
/// The data of server-sent events, one after the other. Stricter than https://html.spec.whatwg.org/multipage/server-sent-events.html, which ignores what
/// it does not understand: here that means that the vendor is not well.
/// </summary>
internal static class EventStream
{
    private const int LongestLine = 16 * 1024 * 1024;

    /// <summary>The data of each event, valid until the next.</summary>
    /// <exception cref="ProviderException">The body is no stream of events, or is lost.</exception>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(ResponseBody body, string provider, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var line = new ArrayBufferWriter<byte>(4 * 1024);
        while (true)
        {
            var bytes = await body.ReadAsync(cancellationToken);
            if (bytes.IsEmpty)
                yield break;
            while (bytes.Span.IndexOf((byte)'\n') is var end and >= 0)
            {
                line.Write(bytes.Span[..end]);
                bytes = bytes[(end + 1)..];
                if (Data(line.WrittenMemory, provider, body.RequestId) is { IsEmpty: false } data)
                    yield return data;
                line.ResetWrittenCount();
            }

            line.Write(bytes.Span);
            if (line.WrittenCount > LongestLine)
                throw VendorErrors.Garbled(provider, $"an event of more than {LongestLine} bytes", body.RequestId);
        }
    }

    private static ReadOnlyMemory<byte> Data(ReadOnlyMemory<byte> line, string provider, string? requestId)
    {
        if (line.Span.EndsWith("\r"u8))
            line = line[..^1];
        if (line.Span.StartsWith("data:"u8))
        {
            var data = line[(line.Span.StartsWith("data: "u8) ? 6 : 5)..];
            return data.Span.SequenceEqual("[DONE]"u8) ? default : data;
        }

        if (line.IsEmpty || line.Span[0] == ':' || line.Span.StartsWith("event:"u8) || line.Span.StartsWith("id:"u8) || line.Span.StartsWith("retry:"u8))
            return default;
        throw VendorErrors.Garbled(provider, "a line that belongs to no event", requestId);
    }
}
