using System.Buffers;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using Agent.Pipeline.Errors;
using Agent.Providers.Vendors;

namespace Agent.Providers.Connections;

/// <summary>
/// A WebSocket to a vendor: whole messages in, whole messages out, failures as <see cref="ProviderException"/>. Any number of senders, one receiver.
/// Nothing that is sent or received appears in an error.
/// </summary>
internal sealed class VendorSocket : IAsyncDisposable
{
    private const int FirstBufferBytes = 16 * 1024;

    private static readonly TimeSpan s_closePatience = TimeSpan.FromMilliseconds(250);

    // One handler for all: TLS sessions are resumed, addresses are looked up once. It goes nowhere else than it was told to: the key would go with it, since only an
    // Authorization header is left behind, and not those that vendors have of their own.
    private static readonly HttpMessageInvoker s_invoker = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), UseCookies = false, AllowAutoRedirect = false });

    private readonly ClientWebSocket _socket;
    private readonly VendorSocketRequest _request;
    private readonly SemaphoreSlim _sending = new(1, 1);
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstBufferBytes);
    private Task<VendorMessage>? _awaited;
    private int _isDisposed;

    private VendorSocket(ClientWebSocket socket, VendorSocketRequest request, string? requestId)
    {
        _socket = socket;
        _request = request;
        RequestId = requestId;
        OpenedAt = request.Time.GetTimestamp();
    }

    /// <summary>The vendor's name for the connection, from the upgrade's answer or set when a message tells it.</summary>
    public string? RequestId { get; set; }

    /// <summary>When it was opened, by the request's clock.</summary>
    public long OpenedAt { get; }

    /// <summary>Whether both sides may send.</summary>
    public bool IsOpen => Volatile.Read(ref _isDisposed) == 0 && _socket.State == WebSocketState.Open;

    /// <summary>The code with which the vendor has closed; null while it has not.</summary>
    public int? CloseCode => (int?)_socket.CloseStatus;

    /// <summary>The vendor's words with the code. May repeat what was sent: for deciding, never for a log.</summary>
    public string? CloseReason => _socket.CloseStatusDescription;

    /// <summary>How long it has been open.</summary>
    public TimeSpan Age => _request.Time.GetElapsedTime(OpenedAt);

    /// <summary>Opens a connection. The caller sets the limit by the token.</summary>
    /// <exception cref="ProviderException">The vendor cannot be reached or refuses.</exception>
    public static async Task<VendorSocket> ConnectAsync(VendorSocketRequest request, CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;

        // Nothing is demanded in return: an answer would stand behind the sound that its reader takes only as fast as it is played, and come too late on a healthy
        // connection. One that is dead is found by the time-outs of whatever it owes.
        socket.Options.KeepAliveInterval = request.KeepAlive;
        socket.Options.KeepAliveTimeout = Timeout.InfiniteTimeSpan;
        foreach (var (name, value) in request.Headers)
            socket.Options.SetRequestHeader(name, value);
        foreach (var protocol in request.SubProtocols)
            socket.Options.AddSubProtocol(protocol);
        try
        {
            await socket.ConnectAsync(request.Address, s_invoker, cancellationToken);
            var requestId = Header(socket, request.RequestIdHeader);
            socket.HttpResponseHeaders = null;
            return new VendorSocket(socket, request, requestId);
        }
        catch (WebSocketException e)
        {
            var status = (int)socket.HttpStatusCode;
            var error = status is 0 or 101
                ? new ProviderException(request.Provider, ProviderErrorKind.Connection, $"No connection to {request.Provider} at {request.Address.Host}:{request.Address.Port} could be made.", isTransient: true, e)
                : VendorErrors.FromStatus(request.Provider, status, Header(socket, request.RequestIdHeader), RetryAfter(socket, request.Time), Header(socket, request.ErrorCodeHeader), e);
            socket.Dispose();
            throw error;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends a whole text message, UTF-8.</summary>
    /// <exception cref="ProviderException">The connection is lost.</exception>
    public ValueTask SendTextAsync(ReadOnlyMemory<byte> utf8, CancellationToken cancellationToken) => SendAsync(utf8, WebSocketMessageType.Text, cancellationToken);

    /// <summary>Sends a whole binary message.</summary>
    /// <exception cref="ProviderException">The connection is lost.</exception>
    public ValueTask SendBinaryAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => SendAsync(bytes, WebSocketMessageType.Binary, cancellationToken);

    /// <summary>The next message. Its bytes are valid until the next call; one reader. Cancelling ends the connection.</summary>
    /// <exception cref="ProviderException">The connection is lost without a closing handshake, or a message is too long.</exception>
    public async ValueTask<VendorMessage> ReceiveAsync(CancellationToken cancellationToken)
    {
        if (_awaited is not { } awaited)
            return await ReadAsync(cancellationToken);
        var message = await awaited.WaitAsync(cancellationToken);
        _awaited = null;
        return message;
    }

    /// <summary>Begins to receive while nobody reads, so that a connection which is closed meanwhile is known to be.</summary>
    /// <returns>Whether nothing has come: false says that the connection is of no use to the next user.</returns>
    public bool StaysQuiet()
    {
        if (!IsOpen)
            return false;
        _awaited ??= ReadAsync(CancellationToken.None).AsTask();
        return !_awaited.IsCompleted;
    }

    /// <summary>Closes with a handshake, for a short while; then without.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;
        if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
        {
            using var patience = new CancellationTokenSource(s_closePatience, _request.Time);
            try
            {
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, patience.Token);
            }
            catch (Exception e) when (e is WebSocketException or OperationCanceledException or InvalidOperationException)
            {
                // It is being closed: there is nothing to save.
            }
        }

        _socket.Dispose();
        if (_awaited is { } awaited)
            await awaited.ContinueWith(static done => _ = done.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private static string? Header(ClientWebSocket socket, string? name) =>
        name is not null && socket.HttpResponseHeaders is { } headers && Find(headers, name) is { } values ? values.FirstOrDefault() : null;

    private static IEnumerable<string>? Find(IReadOnlyDictionary<string, IEnumerable<string>> headers, string name)
    {
        foreach (var (key, values) in headers)
        {
            if (string.Equals(key, name, StringComparison.OrdinalIgnoreCase))
                return values;
        }

        return null;
    }

    private static TimeSpan? RetryAfter(ClientWebSocket socket, TimeProvider time)
    {
        var value = Header(socket, "Retry-After");
        if (double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds < TimeSpan.MaxValue.TotalSeconds)
            return TimeSpan.FromSeconds(seconds);
        return RetryConditionHeaderValue.TryParse(value, out var header) ? VendorErrors.RetryAfter(header, time) : null;
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, WebSocketMessageType type, CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken);
        try
        {
            // A message that was cancelled half-way would end the connection for all others.
            var sent = _socket.SendAsync(bytes, type, WebSocketMessageFlags.EndOfMessage, CancellationToken.None);
            if (!sent.IsCompletedSuccessfully)
                await sent.AsTask().WaitAsync(cancellationToken);
        }
        catch (Exception e) when (e is WebSocketException or InvalidOperationException or ObjectDisposedException or IOException)
        {
            throw VendorErrors.Lost(_request.Provider, RequestId, e);
        }
        finally
        {
            _sending.Release();
        }
    }

    private async ValueTask<VendorMessage> ReadAsync(CancellationToken cancellationToken)
    {
        var length = 0;
        try
        {
            while (true)
            {
                if (length == _buffer.Length)
                    Grow(length);
                var part = await _socket.ReceiveAsync(_buffer.AsMemory(length), cancellationToken);
                if (part.MessageType == WebSocketMessageType.Close)
                    return new VendorMessage(VendorMessageKind.Closed, default);
                length += part.Count;
                if (!part.EndOfMessage)
                    continue;
                var kind = part.MessageType == WebSocketMessageType.Text ? VendorMessageKind.Text : VendorMessageKind.Binary;
                return new VendorMessage(kind, _buffer.AsMemory(0, length));
            }
        }
        catch (Exception e) when (e is WebSocketException or InvalidOperationException or ObjectDisposedException or IOException)
        {
            throw VendorErrors.Lost(_request.Provider, RequestId, e);
        }
    }

    private void Grow(int length)
    {
        if (length >= _request.MaxMessageBytes)
            throw VendorErrors.Garbled(_request.Provider, $"a message of more than {_request.MaxMessageBytes} bytes", RequestId);
        var larger = ArrayPool<byte>.Shared.Rent(Math.Min(2 * length, _request.MaxMessageBytes));
        _buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
