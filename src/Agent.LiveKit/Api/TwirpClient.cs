using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;

namespace Agent.LiveKit.Api;

/// <summary>Calls one Twirp service with protobuf bodies, each call with a token of its own that grants just that call.</summary>
internal sealed class TwirpClient(LiveKitServer server, string service, HttpClient? http, TimeProvider? time)
{
    /// <summary>How long a call may take unless told otherwise: 10 s, as in LiveKit's own SDKs.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(10);

    private const int MaxAnswerBytes = 64 * 1024 * 1024;

    // One for all clients: connections are pooled, and renewed so that a changed DNS entry is noticed. A redirect would lose the body and carry
    // the token elsewhere.
    private static readonly HttpClient Shared = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), AllowAutoRedirect = false })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private static readonly TimeSpan TokenTtl = TimeSpan.FromMinutes(10);

    private readonly HttpClient _http = http ?? Shared;
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <exception cref="TwirpException">The call failed.</exception>
    public async Task<T> CallAsync<T>(string method, IMessage request, MessageParser<T> parser, VideoGrants grants, CancellationToken cancellationToken, TimeSpan? timeout = null)
        where T : IMessage<T>
    {
        var limit = timeout ?? DefaultTimeout;
        using var expiry = new CancellationTokenSource(limit, _time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, expiry.Token);
        try
        {
            using var message = new HttpRequestMessage(HttpMethod.Post, new Uri(server.HttpUrl, $"twirp/livekit.{service}/{method}"))
            {
                Content = new ByteArrayContent(request.ToByteArray()) { Headers = { ContentType = new MediaTypeHeaderValue("application/protobuf") } },
            };
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", new AccessToken(server.ApiKey, server.ApiSecret, _time) { Video = grants, Ttl = TokenTtl }.ToJwt());
            using var answer = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, ending.Token);
            await answer.Content.LoadIntoBufferAsync(MaxAnswerBytes, ending.Token);
            var body = await answer.Content.ReadAsByteArrayAsync(ending.Token);
            if (answer.StatusCode != HttpStatusCode.OK)
                throw TwirpError.From(method, server.HttpUrl, answer.StatusCode, body);
            return parser.ParseFrom(body);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TwirpException(TwirpErrorCode.DeadlineExceeded, $"{method} got no answer from {server.HttpUrl} within {limit.TotalSeconds:0.#} s.", innerException: e);
        }
        catch (HttpRequestException e)
        {
            throw new TwirpException(TwirpErrorCode.Unavailable, $"{method} could not reach {server.HttpUrl}: {e.Message}. Check {LiveKitServer.UrlVariable}, and that the server runs.", innerException: e);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new TwirpException(TwirpErrorCode.Malformed, $"{method} got an answer from {server.HttpUrl} that is not LiveKit's. Check {LiveKitServer.UrlVariable}.", HttpStatusCode.OK, innerException: e);
        }
    }
}
