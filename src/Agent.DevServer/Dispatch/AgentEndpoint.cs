using System.Threading.Channels;
using Agent.DevServer.Rooms;
using Agent.DevServer.Sockets;
using Agent.DevServer.Tokens;
using Agent.Protocol;
using Google.Protobuf;
using Room = Agent.Protocol.Room;

namespace Agent.DevServer.Dispatch;

/// <summary>The WebSocket at <c>/agent</c>: a worker registers, reports its load, is offered jobs and reports on them.</summary>
internal sealed class AgentEndpoint(
    WorkerPool pool, TokenCodec tokens, ServerInfo serverInfo, EmbeddedServerCounters counters, TimeProvider time, TimeSpan availabilityTimeout, ILogger logger)
{
    private const int MaxMessageBytes = 2 * 1024 * 1024;
    private static readonly TimeSpan RegisterTimeout = TimeSpan.FromSeconds(10);

    public async Task HandleAsync(HttpContext context, CancellationToken stopping)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var token = AuthenticatedUser.Of(context);
        if (token?.Video is not { Agent: true })
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            await context.Response.WriteAsync("no permissions to access the room", stopping);
            return;
        }

        using var webSocket = await context.WebSockets.AcceptWebSocketAsync();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping, context.RequestAborted);
        var socket = new MessageSocket<ServerMessage>(webSocket, MaxMessageBytes);
        var outgoing = Channel.CreateBounded<ServerMessage>(MessageSocket<ServerMessage>.QueueLength);
        var sending = socket.SendAllAsync(outgoing.Reader, ending.Token);
        WorkerConnection? worker = null;
        var simulations = new List<Task>();
        try
        {
            worker = await RegisterAsync(socket, outgoing.Writer, token.ApiKey, ending.Token);
            if (worker is null)
                return;
            pool.Add(worker);
            while (await ReadAsync(socket, ending.Token) is { } message && Handle(worker, message, simulations, ending.Token))
                simulations.RemoveAll(task => task.IsCompleted);
        }
        catch (OperationCanceledException)
        {
            // The server stops, or the connection is gone.
        }
        finally
        {
            if (worker is not null)
                pool.Remove(worker);
            outgoing.Writer.TryComplete();
            await sending;
            await ending.CancelAsync();
            await Task.WhenAll(simulations);
        }
    }

    private async Task<WorkerConnection?> RegisterAsync(
        MessageSocket<ServerMessage> socket, ChannelWriter<ServerMessage> outgoing, string apiKey, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(RegisterTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            while (await ReadAsync(socket, either.Token) is { } message)
            {
                if (message.MessageCase == WorkerMessage.MessageOneofCase.Ping)
                {
                    outgoing.TryWrite(Pong(message.Ping));
                    continue;
                }

                if (message.MessageCase != WorkerMessage.MessageOneofCase.Register || !Enum.IsDefined(message.Register.Type))
                {
                    Refuse($"the first message was {message.MessageCase}, not a registration");
                    return null;
                }

                var registration = WorkerRegistration.From(message.Register, Sids.Worker(), apiKey);
                outgoing.TryWrite(new ServerMessage
                {
                    Register = new RegisterWorkerResponse { WorkerId = registration.WorkerId, ServerInfo = serverInfo },
                });
                return new WorkerConnection(registration, outgoing, tokens, time, logger);
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            Refuse($"no registration within {RegisterTimeout.TotalSeconds} s");
        }

        return null;
    }

    private async Task<WorkerMessage?> ReadAsync(MessageSocket<ServerMessage> socket, CancellationToken cancellationToken)
    {
        var (bytes, end) = await socket.ReadAsync(cancellationToken);
        if (bytes is null)
        {
            if (end is SocketEnd.Text or SocketEnd.TooLarge)
                Refuse(end == SocketEnd.Text ? "a text frame came, where protobuf in binary frames is spoken" : $"a message has more than {MaxMessageBytes} bytes");
            return null;
        }

        try
        {
            return WorkerMessage.Parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException)
        {
            Refuse("a frame is not a worker's message");
            return null;
        }
    }

    /// <summary>Acts on one message of a registered worker; false ends the connection.</summary>
    private bool Handle(WorkerConnection worker, WorkerMessage message, List<Task> simulations, CancellationToken cancellationToken)
    {
        switch (message.MessageCase)
        {
            case WorkerMessage.MessageOneofCase.Availability:
                worker.Answer(message.Availability);
                return true;
            case WorkerMessage.MessageOneofCase.UpdateWorker:
                worker.UpdateStatus(message.UpdateWorker);
                return true;
            case WorkerMessage.MessageOneofCase.UpdateJob:
                pool.UpdateJob(worker, message.UpdateJob);
                return true;
            case WorkerMessage.MessageOneofCase.Ping:
                return worker.Send(Pong(message.Ping));
            case WorkerMessage.MessageOneofCase.SimulateJob:
                simulations.Add(SimulateAsync(worker, message.SimulateJob, cancellationToken));
                return true;
            case WorkerMessage.MessageOneofCase.MigrateJob:
                return true;
            default:
                Refuse($"message {message.MessageCase} is not expected of a registered worker");
                return false;
        }
    }

    private async Task SimulateAsync(WorkerConnection worker, SimulateJobRequest request, CancellationToken cancellationToken)
    {
        var job = new Job
        {
            Id = Sids.Job(),
            Type = request.Participant is null ? JobType.JtRoom : JobType.JtPublisher,
            Room = request.Room ?? new Room(),
            Namespace = worker.Registration.Namespace,
            AgentName = worker.Registration.AgentName,
        };
        if (request.Participant is not null)
            job.Participant = request.Participant;
        try
        {
            var result = await worker.AssignAsync(job, availabilityTimeout, cancellationToken);
            if (result.State is null)
                DispatchLog.WorkerRefused(logger, job.Id, worker.Registration.WorkerId, result.Reason);
        }
        catch (OperationCanceledException)
        {
            // The worker is gone.
        }
    }

    private ServerMessage Pong(WorkerPing ping) => new()
    {
        Pong = new WorkerPong { LastTimestamp = ping.Timestamp, Timestamp = time.GetUtcNow().ToUnixTimeMilliseconds() },
    };

    private void Refuse(string reason)
    {
        counters.CountMalformedWorkerMessage();
        DispatchLog.WorkerProtocolError(logger, reason);
    }
}
