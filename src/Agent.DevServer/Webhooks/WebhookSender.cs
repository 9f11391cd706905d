using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using Agent.DevServer.Rooms;
using Agent.DevServer.Tokens;
using Agent.Protocol;
using Google.Protobuf;

namespace Agent.DevServer.Webhooks;

/// <summary>Posts what happens to the addresses that the server was given, in order, signed like LiveKit's: the token's <c>sha256</c> claim covers the body.</summary>
internal sealed class WebhookSender : IAsyncDisposable
{
    private const int QueueLength = 1000;
    private const int Attempts = 3;
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(500);

    private readonly Channel<WebhookEvent> _queue = Channel.CreateBounded<WebhookEvent>(
        new BoundedChannelOptions(QueueLength) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
    private readonly IReadOnlyList<Uri> _urls;
    private readonly TokenCodec _tokens;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly HttpClient _http = new() { Timeout = RequestTimeout };
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _sending;

    public WebhookSender(IEnumerable<Uri> urls, TokenCodec tokens, TimeProvider time, ILogger logger)
    {
        _urls = [.. urls];
        _tokens = tokens;
        _time = time;
        _logger = logger;
        _sending = _urls.Count > 0 ? Task.Run(SendAllAsync) : Task.CompletedTask;
    }

    /// <summary>Queues an event; where the receivers are too slow the oldest are dropped.</summary>
    public void Send(string name, Room room, ParticipantInfo? participant = null, TrackInfo? track = null)
    {
        if (_urls.Count == 0)
            return;
        var webhook = new WebhookEvent
        {
            Event = name,
            Id = Sids.Event(),
            CreatedAt = _time.GetUtcNow().ToUnixTimeSeconds(),
            Room = room,
        };
        if (participant is not null)
            webhook.Participant = participant;
        if (track is not null)
            webhook.Track = track;
        _queue.Writer.TryWrite(webhook);
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        // What is queued is still sent, unless its receiver hangs.
        _stopping.CancelAfter(RequestTimeout);
        await _sending;
        _http.Dispose();
        _stopping.Dispose();
    }

    private async Task SendAllAsync()
    {
        try
        {
            await foreach (var webhook in _queue.Reader.ReadAllAsync(_stopping.Token))
            {
                foreach (var url in _urls)
                    await SendAsync(url, webhook);
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    private async Task SendAsync(Uri url, WebhookEvent webhook)
    {
        var body = Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(webhook));
        var token = _tokens.Mint(_tokens.FirstKey, identity: "", TokenLifetime, json => json.WriteString("sha256", Convert.ToBase64String(SHA256.HashData(body))));
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
                request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/webhook+json");
                request.Headers.TryAddWithoutValidation("Authorization", token);
                using var response = await _http.SendAsync(request, _stopping.Token);
                if ((int)response.StatusCode < 500)
                    return;
                WebhookLog.Failed(_logger, webhook.Event, url, attempt, $"status {(int)response.StatusCode}");
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !_stopping.IsCancellationRequested)
            {
                WebhookLog.Failed(_logger, webhook.Event, url, attempt, e.Message);
            }

            await Task.Delay(RetryDelay * attempt, _time, _stopping.Token);
        }
    }
}
