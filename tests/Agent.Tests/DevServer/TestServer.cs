using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Agent.DevServer;
using Agent.DevServer.Tokens;
using Agent.Protocol;
using Agent.Tests.EndToEnd;
using Google.Protobuf;
using Microsoft.Extensions.Logging;

namespace Agent.Tests.DevServer;

/// <summary>An embedded server on ports of its own, with what the tests need to talk to it.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly HttpClient _http = new();

    private TestServer(EmbeddedServer server, TestLog log)
    {
        Server = server;
        Log = log;
    }

    public EmbeddedServer Server { get; }

    public TestLog Log { get; }

    public Uri HttpUrl => new UriBuilder(Server.Url) { Scheme = "http" }.Uri;

    public TokenCodec Tokens { get; } = new(new EmbeddedServerOptions().EffectiveKeys(), TimeProvider.System);

    public static async Task<TestServer> StartAsync(Action<EmbeddedServerOptions>? configure = null)
    {
        var options = new EmbeddedServerOptions { Port = 0, MediaPort = 0 };
        configure?.Invoke(options);
        var log = new TestLog();
        var logs = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(log));
        return new TestServer(await EmbeddedServer.StartAsync(options, logs), log);
    }

    /// <summary>A token with the given <c>video</c> grants and further claims, both as JSON.</summary>
    public string Token(string identity, object video, object? claims = null, TimeSpan? lifetime = null) =>
        Tokens.Mint(EmbeddedServerOptions.DevelopmentKey, identity, lifetime ?? TimeSpan.FromMinutes(10), json =>
        {
            json.WritePropertyName("video");
            JsonSerializer.Serialize(json, video);
            if (claims is null)
                return;
            foreach (var claim in JsonSerializer.SerializeToElement(claims).EnumerateObject())
                claim.WriteTo(json);
        });

    public string JoinToken(string identity, string room, object? claims = null) =>
        Token(identity, new { roomJoin = true, room, canUpdateOwnMetadata = true }, claims);

    public string AdminToken(string room) => Token("admin", new { roomCreate = true, roomList = true, roomAdmin = true, room });

    public async Task<TResponse> CallAsync<TResponse>(string method, IMessage request, string token)
        where TResponse : IMessage<TResponse>, new()
    {
        using var response = await PostAsync(method, request.ToByteArray(), "application/protobuf", token);
        var body = await response.Content.ReadAsByteArrayAsync();
        Assert.True(response.IsSuccessStatusCode, Encoding.UTF8.GetString(body));
        var result = new TResponse();
        result.MergeFrom(body);
        return result;
    }

    public async Task<(int Status, string Code, string Message)> CallRefusedAsync(string method, IMessage request, string? token)
    {
        using var response = await PostAsync(method, request.ToByteArray(), "application/protobuf", token);
        var body = await response.Content.ReadAsStringAsync();
        Assert.False(response.IsSuccessStatusCode, body);
        if (response.Content.Headers.ContentType?.MediaType != "application/json")
            return ((int)response.StatusCode, "", body);
        using var error = JsonDocument.Parse(body);
        return ((int)response.StatusCode, error.RootElement.GetProperty("code").GetString()!, error.RootElement.GetProperty("msg").GetString()!);
    }

    public Task<HttpResponseMessage> PostAsync(string method, byte[] body, string contentType, string? token)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(HttpUrl, "/twirp/livekit." + method)) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return _http.SendAsync(request);
    }

    public Task<HttpResponseMessage> GetAsync(string pathAndQuery) => _http.GetAsync(new Uri(HttpUrl, pathAndQuery));

    public Task<IReadOnlyList<AgentDispatch>> DispatchesAsync(string room) => ListAsync(room);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Server.DisposeAsync();
    }

    private async Task<IReadOnlyList<AgentDispatch>> ListAsync(string room) =>
        (await CallAsync<ListAgentDispatchResponse>("AgentDispatchService/ListDispatch", new ListAgentDispatchRequest { Room = room }, AdminToken(room))).AgentDispatches;
}
