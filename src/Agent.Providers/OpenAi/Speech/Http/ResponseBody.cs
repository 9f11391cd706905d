using System.Buffers;
using Agent.Pipeline.Errors;
using Agent.Providers.Connections;
using Agent.Providers.Vendors;

namespace Agent.Providers.OpenAi.Speech.Http;

/// <summary>The body of an answer whose first bytes have come. Disposing it before the end cancels the request at the vendor.</summary>
internal sealed class ResponseBody : IDisposable
{
    private const int BufferBytes = 16 * 1024;

    private readonly OpenAiHttp _http;
    private readonly HttpResponseMessage _response;
    private readonly Stream _stream;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
    private int _unread;

    private ResponseBody(OpenAiHttp http, HttpResponseMessage response, Stream stream)
    {
        _http = http;
        _response = response;
        _stream = stream;
        RequestId = VendorErrors.RequestId(response.Headers, OpenAiVendor.RequestIdHeader);
    }

    /// <summary>The vendor's name for the request.</summary>
    public string? RequestId { get; }

    /// <summary>What it is, e.g. <c>text/event-stream</c>.</summary>
    public string? MediaType => _response.Content.Headers.ContentType?.MediaType;

    /// <summary>Waits for the first bytes.</summary>
    public static async ValueTask<ResponseBody> OpenAsync(OpenAiHttp http, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = new ResponseBody(http, response, await response.Content.ReadAsStreamAsync(cancellationToken));
        body._unread = await body._stream.ReadAsync(body._buffer, cancellationToken);
        return body;
    }

    /// <summary>The next bytes, as they come; empty at the end. Valid until the next call.</summary>
    /// <exception cref="ProviderException">The connection is lost, or pauses for too long.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken)
    {
        var count = _unread;
        _unread = 0;
        if (count > 0)
            return _buffer.AsMemory(0, count);
        try
        {
            var reading = _stream.ReadAsync(_buffer, cancellationToken);
            count = reading.IsCompleted ? await reading : await _http.ReadAsync(token => new ValueTask<int>(reading.AsTask().WaitAsync(token)), cancellationToken);
            return _buffer.AsMemory(0, count);
        }
        catch (Exception e) when (VendorHttp.IsLost(e))
        {
            throw VendorErrors.Lost(_http.Provider, RequestId, e);
        }
    }

    public void Dispose()
    {
        // The buffer is not given back: a read that is being cancelled may still write to it.
        _response.Dispose();
        _buffer = [];
    }
}
