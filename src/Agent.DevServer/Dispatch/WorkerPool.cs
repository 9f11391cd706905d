using System.Collections.Concurrent;
using System.Collections.Immutable;
using Agent.DevServer.Rooms;
using Agent.Protocol;

namespace Agent.DevServer.Dispatch;

/// <summary>All registered workers; finds one for each job.</summary>
internal sealed class WorkerPool(TimeSpan availabilityTimeout, ILogger logger)
{
    /// <summary>When every fitting worker reports this load or more, nothing is dispatched (LiveKit's default <c>agents.target_load</c>).</summary>
    private const float TargetLoad = 0.7f;

    private readonly ConcurrentDictionary<string, WorkerConnection> _jobs = new(StringComparer.Ordinal);
    private ImmutableList<WorkerConnection> _workers = [];

    public int Count => _workers.Count;

    public void Add(WorkerConnection worker)
    {
        ImmutableInterlocked.Update(ref _workers, static (workers, added) => workers.Add(added), worker);
        var r = worker.Registration;
        DispatchLog.WorkerRegistered(logger, r.WorkerId, r.AgentName, r.Type, r.Namespace, r.Version);
    }

    public void Remove(WorkerConnection worker)
    {
        ImmutableInterlocked.Update(ref _workers, static (workers, removed) => workers.Remove(removed), worker);
        worker.Close();
        foreach (var (job, owner) in _jobs)
        {
            if (ReferenceEquals(owner, worker))
                _jobs.TryRemove(job, out _);
        }

        DispatchLog.WorkerLeft(logger, worker.Registration.WorkerId);
    }

    /// <summary>Which namespaces have a worker of this type: a dispatch makes one job in each.</summary>
    public IReadOnlyList<string> NamespacesOf(JobType type, string agentName, string deployment) =>
    [
        .. _workers.Select(worker => worker.Registration)
            .Where(r => r.Type == type && string.Equals(r.AgentName, agentName, StringComparison.Ordinal) && string.Equals(r.Deployment, deployment, StringComparison.Ordinal))
            .Select(r => r.Namespace)
            .Distinct(StringComparer.Ordinal),
    ];

    /// <summary>Offers a job to workers, one after the other, until one takes it.</summary>
    /// <returns>The job's state with the worker that took it; null when it is dropped for good.</returns>
    public async Task<JobState?> AssignAsync(Job job, CancellationToken cancellationToken)
    {
        var attempted = new HashSet<WorkerConnection>();
        if (!HasCapacity(job))
        {
            DispatchLog.JobDropped(logger, job.Id, job.AgentName, job.Room.Name, $"every worker is full or reports a load of {TargetLoad} or more");
            return null;
        }

        while (Select(job, attempted) is { } worker)
        {
            attempted.Add(worker);
            var result = await worker.AssignAsync(job, availabilityTimeout, cancellationToken);
            if (result.State is { } state)
            {
                if (state.Status == JobStatus.JsRunning)
                    _jobs[job.Id] = worker;
                DispatchLog.JobAssigned(logger, job.Id, job.AgentName, job.Room.Name, worker.Registration.WorkerId, state.Status);
                return state;
            }

            DispatchLog.WorkerRefused(logger, job.Id, worker.Registration.WorkerId, result.Reason);
            if (!result.MayTryAnother)
                return null;
        }

        DispatchLog.JobDropped(logger, job.Id, job.AgentName, job.Room.Name, "no worker took it");
        return null;
    }

    /// <summary>Ends a job.</summary>
    /// <returns>Its last state; null when no connected worker has it.</returns>
    public JobState? Terminate(string jobId, bool agentLeft) =>
        _jobs.TryRemove(jobId, out var worker) ? worker.Terminate(jobId, agentLeft) : null;

    public void UpdateJob(WorkerConnection worker, UpdateJobStatus update)
    {
        var state = worker.UpdateJob(update);
        if (state is null)
            DispatchLog.UnknownJob(logger, worker.Registration.WorkerId, update.JobId);
        if (update.Status is JobStatus.JsSuccess or JobStatus.JsFailed)
            _jobs.TryRemove(update.JobId, out _);
    }

    public static Job CreateJob(JobType type, AgentDispatch dispatch, Room room, ParticipantInfo? participant, string @namespace)
    {
        var job = new Job
        {
            Id = Sids.Job(),
            DispatchId = dispatch.Id,
            Type = type,
            Room = room,
            AgentName = dispatch.AgentName,
            Metadata = dispatch.Metadata,
            Namespace = @namespace,
            Deployment = dispatch.Deployment,
            Attributes = { dispatch.Attributes },
        };
        if (participant is not null)
            job.Participant = participant;
        return job;
    }

    private bool HasCapacity(Job job)
    {
        foreach (var worker in _workers)
        {
            if (worker.Registration.Serves(job) && worker.Status is { IsAvailable: true, Load: < TargetLoad })
                return true;
        }

        return false;
    }

    /// <summary>Chooses among the available workers by chance, each weighted by what it has left.</summary>
    private WorkerConnection? Select(Job job, HashSet<WorkerConnection> attempted)
    {
        var candidates = new List<(WorkerConnection Worker, float Free)>();
        var sum = 0f;
        foreach (var worker in _workers)
        {
            if (attempted.Contains(worker) || !worker.Registration.Serves(job) || worker.Status is not { IsAvailable: true } status)
                continue;
            var free = Math.Max(0, 1 - status.Load);
            if (free <= 0)
                continue;
            candidates.Add((worker, free));
            sum += free;
        }

        var point = Random.Shared.NextSingle() * sum;
        foreach (var (worker, free) in candidates)
        {
            point -= free;
            if (point <= 0)
                return worker;
        }

        return candidates.Count > 0 ? candidates[^1].Worker : null;
    }
}
