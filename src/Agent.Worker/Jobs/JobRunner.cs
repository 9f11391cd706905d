using Agent.LiveKit.Worker;
using Agent.Pipeline.Errors;
using Agent.Pipeline.Rooms;
using Agent.Pipeline.Sessions;
using Agent.Worker.Agents;
using Agent.Worker.Configuration;
using Microsoft.Extensions.Options;

namespace Agent.Worker.Jobs;

/// <summary>One job from its assignment to its end: join the room, wait for somebody, hold the conversation, leave.</summary>
internal sealed class JobRunner(
    IJobRooms rooms,
    IOptions<WorkerOptions> options,
    TimeProvider time,
    IServiceScopeFactory scopes,
    ILoggerFactory loggers)
{
    private readonly ILogger _logger = loggers.CreateLogger<JobRunner>();

    /// <exception cref="Pipeline.Errors.ConfigurationException">A library is missing or does not load.</exception>
    internal void Prepare() => rooms.Prepare();

    /// <param name="agent">Which agent.</param>
    /// <param name="job">The assignment.</param>
    /// <param name="ended">Is told how the job ended, before the room is left.</param>
    /// <param name="cancellationToken">Ends the job early, politely.</param>
    /// <exception cref="Pipeline.Errors.AgentException">The room cannot be joined.</exception>
    internal async Task RunAsync(HostedAgent agent, AssignedJob job, Action<JobEnd> ended, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await using var room = await JoinAsync(job, cancellationToken);
        await using (var session = new Session(agent.Definition, room.Conversation, agent.Session, time, loggers))
            ended(await ConverseAsync(agent, job, room, session, scope.ServiceProvider, cancellationToken));
        try
        {
            await job.Reported.WaitAsync(options.Value.CloseTimeout, time, CancellationToken.None);
        }
        catch (TimeoutException)
        {
            JobLog.NotReported(_logger, options.Value.CloseTimeout);
        }
    }

    private async Task<IJobRoom> JoinAsync(AssignedJob job, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        using var limit = new CancellationTokenSource(options.Value.ConnectTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var room = await rooms.JoinAsync(job, either.Token);
            JobLog.Joined(_logger, time.GetElapsedTime(begun).TotalMilliseconds);
            return room;
        }
        catch (OperationCanceledException exception) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new AgentException(
                $"The room could not be joined within {options.Value.ConnectTimeout} (Worker:ConnectTimeout). Can media reach the server's ports from here?",
                exception);
        }
    }

    private async Task<JobEnd> ConverseAsync(
        HostedAgent agent, AssignedJob job, IJobRoom room, Session session, IServiceProvider services, CancellationToken cancellationToken)
    {
        var arrival = new ArrivalObserver();
        session.Observe(arrival);
        session.Observe(new SessionLogObserver(_logger));
        var details = new JobDetails(job.Id, agent.Name, job.RoomName, job.Metadata);
        if (agent.OnEvent is { } onEvent)
            session.Observe(new AgentCodeObserver(details, onEvent, _logger));

        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var conversation = session.RunAsync(cancellationToken);
        var entrance = EnterAsync(agent, details, arrival.Participant, session, services, over.Token);
        if (await Task.WhenAny(conversation, entrance) == entrance && await entrance is not null)
            await session.CloseAsync();
        var result = await conversation;
        await over.CancelAsync();
        return await entrance ?? EndOf(result, job, room.End);
    }

    /// <returns>The job's end if it is to end because of what happened here; null to leave it to the conversation.</returns>
    private async Task<JobEnd?> EnterAsync(
        HostedAgent agent, JobDetails job, Task<RoomParticipant> arrival, Session session, IServiceProvider services, CancellationToken over)
    {
        var patience = options.Value.ParticipantWait;
        try
        {
            var participant = await arrival.WaitAsync(patience, time, over);
            if (agent.OnEnter is { } enter)
                await enter(new(job, participant, session, services, _logger), over);
            return null;
        }
        catch (TimeoutException) when (!arrival.IsCompleted)
        {
            return new(JobEndKind.Succeeded, $"nobody came within {patience}");
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception exception)
        {
            JobLog.EnterFailed(_logger, exception);
            return new(JobEndKind.Failed, $"the agent's own code (OnEnter) failed with {exception.GetType().Name}; see the worker's log");
        }
    }

    private static JobEnd EndOf(SessionResult result, AssignedJob job, RoomEnd? room) => result.Reason switch
    {
        SessionCloseReason.ParticipantLeft => new(JobEndKind.Succeeded, "the participant left"),
        SessionCloseReason.RoomClosed => new(room is { IsLoss: true } ? JobEndKind.Failed : JobEndKind.Succeeded, room?.Reason ?? "the room is over"),
        SessionCloseReason.Requested => new(JobEndKind.Succeeded, job.StopReason switch
        {
            JobStopReason.None => "the agent closed the conversation",
            JobStopReason.ServerTerminated => "the server ended the job",
            JobStopReason.DrainTimeout => "the worker is stopping and the drain time-out has passed",
            _ => "the worker is stopping",
        }),
        _ => new(JobEndKind.Failed, result.Error is Pipeline.Errors.AgentException error
            ? error.Message
            : $"the conversation failed with {result.Error?.GetType().Name ?? "no error"}; see the worker's log"),
    };
}
