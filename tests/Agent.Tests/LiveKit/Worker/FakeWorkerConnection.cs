using System.Net.WebSockets;
using System.Threading.Channels;
using Agent.Protocol;
using Google.Protobuf;

namespace Agent.Tests.LiveKit.Worker;

/// <summary>The server's end of one worker connection.</summary>
internal sealed class FakeWorkerConnection(WebSocket socket, Action abort) : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Channel<WorkerMessage> _received = Channel.CreateUnbounded<WorkerMessage>();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public volatile bool AnswerPings;

    /// <summary>Ends when the worker has gone.</summary>
    public Task Ended => _ended.Task.WaitAsync(Patience);

    public WebSocketCloseStatus? CloseStatus => socket.CloseStatus;

    public async Task RegisterAsync(string workerId)
    {
        var first = await _received.Reader.ReadAsync().AsTask().WaitAsync(Patience);
        Assert.NotNull(first.Register);
        await SendAsync(new ServerMessage { Register = new RegisterWorkerResponse { WorkerId = workerId, ServerInfo = new ServerInfo { Version = "1.13.5" } } });
    }

    /// <summary>The next message for which this holds; those before it are skipped.</summary>
    public async Task<WorkerMessage> NextAsync(Func<WorkerMessage, bool> which)
    {
        using var limit = new CancellationTokenSource(Patience);
        await foreach (var message in _received.Reader.ReadAllAsync(limit.Token))
        {
            Assert.Null(message.Register);
            if (which(message))
                return message;
        }

        throw new InvalidOperationException("The worker closed the connection.");
    }

    public Task SendAsync(ServerMessage message) => SendAsync(message.ToByteArray());

    public async Task SendAsync(ReadOnlyMemory<byte> frame, WebSocketMessageType type = WebSocketMessageType.Binary)
    {
        await _sending.WaitAsync();
        try
        {
            await socket.SendAsync(frame, type, WebSocketMessageFlags.EndOfMessage, CancellationToken.None);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Offers a job and returns the worker's answer.</summary>
    public async Task<AvailabilityResponse> OfferAsync(string jobId)
    {
        await SendAsync(new ServerMessage { Availability = new AvailabilityRequest { Job = Job(jobId) } });
        return (await NextAsync(message => message.Availability?.JobId == jobId)).Availability;
    }

    /// <summary>Offers a job, expects it to be accepted, and assigns it.</summary>
    public async Task RunJobAsync(string jobId)
    {
        Assert.True((await OfferAsync(jobId)).Available);
        await SendAsync(new ServerMessage { Assignment = new JobAssignment { Job = Job(jobId), Token = "token of " + jobId } });
        await StatusAsync(jobId, JobStatus.JsRunning);
    }

    /// <summary>The next status of a job.</summary>
    public async Task<UpdateJobStatus> StatusAsync(string jobId, JobStatus status) =>
        (await NextAsync(message => message.UpdateJob is { } update && update.JobId == jobId && update.Status == status)).UpdateJob;

    /// <summary>Cuts the connection as a failing network does.</summary>
    public void Cut() => abort();

    public void Dispose() => _sending.Dispose();

    public Task CloseAsync() => socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "restarting", CancellationToken.None);

    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[4 * 1024 * 1024];
        try
        {
            while (true)
            {
                var length = 0;
                ValueWebSocketReceiveResult part;
                do
                {
                    part = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
                    length += part.Count;
                }
                while (!part.EndOfMessage);

                if (part.MessageType == WebSocketMessageType.Close)
                {
                    await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
                    return;
                }

                var message = WorkerMessage.Parser.ParseFrom(buffer, 0, length);
                if (message.Ping is { } ping && AnswerPings)
                    await SendAsync(new ServerMessage { Pong = new WorkerPong { LastTimestamp = ping.Timestamp, Timestamp = ping.Timestamp } });
                await _received.Writer.WriteAsync(message, CancellationToken.None);
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
            // The worker, or the test, cut it.
        }
        finally
        {
            _received.Writer.TryComplete();
            _ended.TrySetResult();
        }
    }

    private static Job Job(string jobId) => new() { Id = jobId, Room = new Room { Name = "tea" }, Metadata = "m" };
}
