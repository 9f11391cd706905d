using System.Threading.Channels;
using Agent.DevServer.Tokens;
using Agent.Protocol;

namespace Agent.DevServer.Dispatch;

/// <summary>A registered worker: its load, the jobs it was given, the questions it has not answered yet. Safe to use from any thread.</summary>
internal sealed class WorkerConnection(WorkerRegistration registration, ChannelWriter<ServerMessage> outgoing, TokenCodec tokens, TimeProvider time, ILogger logger)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Job> _running = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TaskCompletionSource<AvailabilityResponse?>> _asked = new(StringComparer.Ordinal);
    private float _load;
    private WorkerStatus _status;
    private bool _closed;

    public WorkerRegistration Registration { get; } = registration;

    /// <summary>Whether the worker takes jobs, and its load from 0 to 1. Before its first report it counts as idle.</summary>
    public (bool IsAvailable, float Load) Status
    {
        get
        {
            lock (_gate)
                return (_status == WorkerStatus.WsAvailable && !_closed, _load);
        }
    }

    /// <summary>Asks the worker to take a job and hands it over when it says yes.</summary>
    public async Task<AssignmentResult> AssignAsync(Job offered, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var job = offered.Clone();
        job.State ??= new JobState();
        var now = UnixNanoseconds();
        job.State.WorkerId = Registration.WorkerId;
        job.State.StartedAt = now;
        job.State.UpdatedAt = now;
        job.State.Status = JobStatus.JsRunning;

        var asked = new TaskCompletionSource<AvailabilityResponse?>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_closed)
                return AssignmentResult.WorkerGone;
            if (!_asked.TryAdd(job.Id, asked))
                return AssignmentResult.Failed("the job was already offered to this worker");
        }

        AvailabilityResponse? answer;
        try
        {
            if (!Send(new ServerMessage { Availability = new AvailabilityRequest { Job = job } }))
                return AssignmentResult.WorkerGone;
            answer = await asked.Task.WaitAsync(timeout, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return AssignmentResult.Failed($"no answer to the availability request within {timeout.TotalSeconds:0.#} s");
        }
        finally
        {
            lock (_gate)
                _asked.Remove(job.Id);
        }

        if (answer is null)
            return AssignmentResult.WorkerGone;
        if (answer.Terminate)
        {
            job.State.EndedAt = now;
            job.State.Status = JobStatus.JsSuccess;
            return AssignmentResult.Given(job.State);
        }

        if (!answer.Available)
            return AssignmentResult.NotAvailable;

        job.State.ParticipantIdentity = answer.ParticipantIdentity;
        var state = job.State.Clone();
        lock (_gate)
        {
            if (_closed)
                return AssignmentResult.WorkerGone;
            _running[job.Id] = job;
        }

        var token = AgentToken.Mint(tokens, Registration, job.Room.Name, answer);
        // The worker keeps the job as it was given; ours changes with its updates.
        return Send(new ServerMessage { Assignment = new JobAssignment { Job = job.Clone(), Token = token } })
            ? AssignmentResult.Given(state)
            : AssignmentResult.WorkerGone;
    }

    /// <summary>Tells the worker to end a job, which then counts as ended.</summary>
    /// <returns>The job's last state; null when the worker does not have it.</returns>
    public JobState? Terminate(string jobId, bool agentLeft)
    {
        lock (_gate)
        {
            if (!_running.ContainsKey(jobId))
                return null;
        }

        Send(new ServerMessage { Termination = new JobTermination { JobId = jobId } });
        return UpdateJob(new UpdateJobStatus
        {
            JobId = jobId,
            Status = agentLeft ? JobStatus.JsFailed : JobStatus.JsSuccess,
            Error = agentLeft ? "agent worker left the room" : "",
        });
    }

    public void Answer(AvailabilityResponse answer)
    {
        lock (_gate)
        {
            if (_asked.Remove(answer.JobId, out var asked))
                asked.TrySetResult(answer);
            else
                DispatchLog.LateAnswer(logger, Registration.WorkerId, answer.JobId);
        }
    }

    /// <summary>Takes over a job's state as the worker reports it.</summary>
    /// <returns>The state; null when the worker has no such job.</returns>
    public JobState? UpdateJob(UpdateJobStatus update)
    {
        lock (_gate)
        {
            if (!_running.TryGetValue(update.JobId, out var job))
                return null;
            var now = UnixNanoseconds();
            job.State.UpdatedAt = now;
            job.State.Status = update.Status;
            job.State.Error = update.Error;
            if (update.Status is JobStatus.JsSuccess or JobStatus.JsFailed)
            {
                job.State.EndedAt = now;
                _running.Remove(update.JobId);
                DispatchLog.JobEnded(logger, update.JobId, Registration.WorkerId, update.Status, update.Error);
            }

            return job.State.Clone();
        }
    }

    public void UpdateStatus(UpdateWorkerStatus update)
    {
        lock (_gate)
        {
            if (update.HasStatus)
                _status = update.Status;
            _load = float.IsFinite(update.Load) ? update.Load : 1;
        }
    }

    public bool Send(ServerMessage message) => outgoing.TryWrite(message);

    /// <summary>The worker's socket is gone: unanswered questions fail, its jobs stay with nobody.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            foreach (var asked in _asked.Values)
                asked.TrySetResult(null);
            _asked.Clear();
            _running.Clear();
        }

        outgoing.TryComplete();
    }

    private long UnixNanoseconds() => (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;
}
