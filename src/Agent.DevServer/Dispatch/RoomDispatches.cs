using Agent.DevServer.Rooms;
using Agent.Protocol;

namespace Agent.DevServer.Dispatch;

/// <summary>Which agents a room has, and their jobs: launched when the room is created, somebody joins or publishes; ended with the dispatch or the agent.</summary>
internal sealed class RoomDispatches(ServerRoom room) : IAsyncDisposable
{
    /// <summary>How long an agent has to leave by itself after its job was ended.</summary>
    private static readonly TimeSpan LeaveTimeout = TimeSpan.FromSeconds(3);

    private readonly Dictionary<string, ActiveDispatch> _dispatches = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _jobOfAgent = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();
    private readonly HashSet<Task> _launches = [];
    private readonly Lock _launchesGate = new();

    /// <summary>The room was created: its agents, or whoever registered with agent name "", are asked to come.</summary>
    public void LaunchInitial(IReadOnlyList<RoomAgentDispatch> agents)
    {
        foreach (var agent in agents.Count > 0 ? agents : [new RoomAgentDispatch()])
        {
            Add(new AgentDispatch
            {
                AgentName = agent.AgentName,
                Metadata = agent.Metadata,
                RestartPolicy = agent.RestartPolicy,
                Deployment = agent.Deployment,
                Attributes = { agent.Attributes },
            });
        }
    }

    /// <summary>Adds a dispatch and launches its jobs, also for those who are there already.</summary>
    public AgentDispatch Add(AgentDispatch info)
    {
        info.Id = Sids.Dispatch();
        info.Room = room.Name;
        info.State = new AgentDispatchState { CreatedAt = (room.Environment.Time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100 };
        var dispatch = new ActiveDispatch(info);
        _dispatches.Add(info.Id, dispatch);
        Launch(dispatch, JobType.JtRoom, participant: null);
        foreach (var participant in room.Participants)
        {
            if (participant.HasPublished)
                Launch(dispatch, JobType.JtPublisher, participant);
            Launch(dispatch, JobType.JtParticipant, participant);
        }

        return info.Clone();
    }

    public IReadOnlyList<AgentDispatch> List(string id) =>
        [.. _dispatches.Values.Where(d => id.Length == 0 || string.Equals(d.Info.Id, id, StringComparison.Ordinal)).Select(d => d.Info.Clone())];

    /// <summary>Takes a dispatch away: its workers are told to end their jobs, their agents leave within 3 s or are removed.</summary>
    /// <returns>The dispatch as it was; null when there is none of this id.</returns>
    public AgentDispatch? Delete(string id)
    {
        if (!_dispatches.Remove(id, out var dispatch))
            return null;
        dispatch.IsDeleted = true;
        var info = dispatch.Info.Clone();
        if (dispatch.Launching == 0)
            EndJobs(dispatch);
        return info;
    }

    public void ParticipantJoined(RoomParticipant participant)
    {
        foreach (var dispatch in _dispatches.Values)
            Launch(dispatch, JobType.JtParticipant, participant);
    }

    public void ParticipantPublished(RoomParticipant participant)
    {
        foreach (var dispatch in _dispatches.Values)
            Launch(dispatch, JobType.JtPublisher, participant);
    }

    public void ParticipantLeft(RoomParticipant participant)
    {
        if (_jobOfAgent.Remove(participant.Identity, out var job))
            room.Environment.Workers.Terminate(job, agentLeft: true);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        Task[] launches;
        lock (_launchesGate)
            launches = [.. _launches];
        await Task.WhenAll(launches);
        _stopping.Dispose();
    }

    private void Launch(ActiveDispatch dispatch, JobType type, RoomParticipant? participant)
    {
        if (participant is { IsDependent: true } || room.IsClosed)
            return;
        var workers = room.Environment.Workers;
        var namespaces = workers.NamespacesOf(type, dispatch.Info.AgentName, dispatch.Info.Deployment);
        if (namespaces.Count == 0 && type == JobType.JtRoom)
            DispatchLog.NobodyToAsk(room.Environment.Logger, dispatch.Info.AgentName, type, room.Name);
        foreach (var @namespace in namespaces)
        {
            var job = WorkerPool.CreateJob(type, dispatch.Info, room.ToInfo(), participant?.ToInfo(), @namespace);
            dispatch.Launching++;
            var launch = LaunchAsync(dispatch, job);
            lock (_launchesGate)
            {
                _launches.RemoveWhere(task => task.IsCompleted);
                _launches.Add(launch);
            }
        }
    }

    private async Task LaunchAsync(ActiveDispatch dispatch, Job job)
    {
        // Off the loop: a worker may take seconds to answer.
        await Task.Yield();
        JobState? state = null;
        try
        {
            state = await room.Environment.Workers.AssignAsync(job, _stopping.Token);
        }
        catch (OperationCanceledException)
        {
            // The room is closed.
        }
        catch (Exception e)
        {
            room.Environment.Counters.CountInternalError();
            DispatchLog.DispatchFailed(room.Environment.Logger, job.Id, e);
        }

        room.Loop.Post(() => Launched(dispatch, job, state));
    }

    private void Launched(ActiveDispatch dispatch, Job job, JobState? state)
    {
        dispatch.Launching--;
        if (state is not null)
        {
            job.State = state;
            dispatch.Info.State.Jobs.Add(job);
            if (state.Status == JobStatus.JsRunning && state.ParticipantIdentity.Length > 0)
                _jobOfAgent[state.ParticipantIdentity] = job.Id;
        }

        if (dispatch is { IsDeleted: true, Launching: 0 })
            EndJobs(dispatch);
    }

    private void EndJobs(ActiveDispatch dispatch)
    {
        foreach (var job in dispatch.Info.State.Jobs)
        {
            if (room.Environment.Workers.Terminate(job.Id, agentLeft: false) is not { ParticipantIdentity.Length: > 0 } state)
                continue;
            _jobOfAgent.Remove(state.ParticipantIdentity);
            if (room.Find(state.ParticipantIdentity) is { } agent)
                room.Loop.After(LeaveTimeout, () => room.Remove(agent, DisconnectReason.ParticipantRemoved));
        }
    }
}
