using Agent.Protocol;

namespace Agent.LiveKit.Worker.Machine;

/// <summary>The jobs: offers, assignments, final statuses, drain.</summary>
internal sealed partial class WorkerMachine
{
    /// <summary>The participant attribute under which web clients find the agent's name (livekit.md §2).</summary>
    private const string AgentNameAttribute = "lk.agent.name";

    // The server closes a connection over a frame of more than 2 MiB; the margin is for the frame around the answer.
    private const int MaxMessageBytes = (2 * 1024 * 1024) - 1024;
    private const int MaxErrorCharacters = 1000;

    private readonly Dictionary<string, RunningJob> _jobs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JobOffer> _offers = new(StringComparer.Ordinal);
    private readonly StatusOutbox _outbox = new();

    private TimeSpan _stopJobsAt = TimeSpan.MaxValue;
    private JobStopReason _stopReason;
    private TimeSpan _closeBy = TimeSpan.MaxValue;

    public int JobCount => _jobs.Count;

    /// <summary>Whether closing had to give up on something: a job that did not end, or a status that was not confirmed.</summary>
    public bool ClosedEarly { get; private set; }

    /// <summary>Whether a job was told to end by the drain.</summary>
    public bool StoppedJobs { get; private set; }

    private int SlotsInUse => _jobs.Count + _offers.Values.Count(offer => !offer.IsOverdue);

    /// <summary>The handler answered; nothing means that it failed.</summary>
    public void Answered(int connection, string jobId, JobAnswer? answer, TimeSpan now)
    {
        // An answer to an earlier connection's offer, or one that came too late, is for nobody.
        if (connection != _connection || !_offers.TryGetValue(jobId, out var offer) || offer.AcceptedAs is not null)
            return;
        if (answer is null or { Kind: not JobAnswerKind.Accept } || State == WorkerState.Draining)
        {
            Decline(jobId, answer is { Kind: JobAnswerKind.Terminate });
            ReportLoad(now);
            return;
        }

        var response = Acceptance(jobId, answer);
        if (response.CalculateSize() > MaxMessageBytes)
        {
            _log.AnswerTooLarge(jobId, response.CalculateSize(), MaxMessageBytes);
            Decline(jobId, terminate: false);
            return;
        }

        offer.AcceptedAs = response.ParticipantIdentity;
        offer.Deadline = now + _options.AssignmentTimeout;
        Send(new WorkerMessage { Availability = response });
        ReportLoad(now);
    }

    /// <summary>A job ended.</summary>
    public void Ended(string jobId, bool succeeded, string error, TimeSpan now)
    {
        if (!_jobs.Remove(jobId, out var job))
            return;
        Finish(job.Status(succeeded ? JobStatus.JsSuccess : JobStatus.JsFailed, Shorten(error)), now);
        ReportLoad(now);
        CloseWhenDone(now);
    }

    /// <summary>Takes no more jobs and closes when those that run have ended; they are told to at the given time. Called again, the earlier time counts.</summary>
    public void Drain(TimeSpan stopJobsAt, JobStopReason reason, TimeSpan now)
    {
        if (State == WorkerState.Closed)
            return;
        if (State != WorkerState.Draining)
        {
            State = WorkerState.Draining;
            _log.Draining(_jobs.Count);
            foreach (var jobId in _offers.Where(pair => pair.Value.AcceptedAs is null).Select(pair => pair.Key).ToList())
            {
                _effects.Enqueue(new WorkerEffect.CancelAsk(_connection, jobId));
                Decline(jobId, terminate: false);
            }

            ReportLoad(now);
        }

        if (State == WorkerState.Draining && stopJobsAt < _stopJobsAt && _closeBy == TimeSpan.MaxValue)
            (_stopJobsAt, _stopReason) = (stopJobsAt, reason);
        TickJobs(now);
    }

    private static string Shorten(string error) => error.Length <= MaxErrorCharacters ? error : string.Concat(error.AsSpan(0, MaxErrorCharacters), "…");

    private void Offered(AvailabilityRequest offered, TimeSpan now)
    {
        var jobId = offered.Job.Id;
        if (_offers.ContainsKey(jobId))
        {
            UnexpectedMessages++;
            return;
        }

        if (State == WorkerState.Draining || _jobs.ContainsKey(jobId) || _load.IsFull(SlotsInUse))
        {
            _log.DeclinedFull(jobId, SlotsInUse, State.ToString());
            Send(new WorkerMessage { Availability = new AvailabilityResponse { JobId = jobId } });
            return;
        }

        var request = new JobRequest(offered.Job, offered.Resuming);
        _offers.Add(jobId, new JobOffer(request, now + _options.AnswerTimeout));
        _effects.Enqueue(new WorkerEffect.Ask(_connection, request));
    }

    private void Decline(string jobId, bool terminate)
    {
        _offers.Remove(jobId);
        Send(new WorkerMessage { Availability = new AvailabilityResponse { JobId = jobId, Terminate = terminate } });
    }

    private AvailabilityResponse Acceptance(string jobId, JobAnswer answer)
    {
        var response = new AvailabilityResponse
        {
            JobId = jobId,
            Available = true,
            ParticipantIdentity = string.IsNullOrEmpty(answer.ParticipantIdentity) ? "agent-" + jobId : answer.ParticipantIdentity,
            ParticipantName = answer.ParticipantName ?? _options.AgentName,
            ParticipantMetadata = answer.ParticipantMetadata ?? "",
        };
        foreach (var (key, value) in answer.ParticipantAttributes ?? new Dictionary<string, string>(StringComparer.Ordinal))
            response.ParticipantAttributes[key] = value;
        response.ParticipantAttributes[AgentNameAttribute] = _options.AgentName;
        return response;
    }

    private void Assigned(JobAssignment assignment, TimeSpan now)
    {
        var jobId = assignment.Job.Id;
        if (_jobs.ContainsKey(jobId))
        {
            UnexpectedMessages++;
            return;
        }

        // What the server takes for a running job must get a final status, or it stays there for ever.
        if (!_offers.Remove(jobId, out var offer) || offer.AcceptedAs is null || assignment.Token.Length == 0)
        {
            if (offer is { AcceptedAs: null })
                _effects.Enqueue(new WorkerEffect.CancelAsk(_connection, jobId));
            _log.UnusableAssignment(jobId);
            Finish(new UpdateJobStatus { JobId = jobId, Status = JobStatus.JsFailed, Error = "the assignment has no token, or was not accepted by this worker" }, now);
            return;
        }

        var job = new AssignedJob(assignment.Job, JobUrl(assignment), assignment.Token, offer.AcceptedAs, WorkerId);
        var running = new RunningJob(job);
        _jobs.Add(jobId, running);
        Send(new WorkerMessage { UpdateJob = running.Status(JobStatus.JsRunning) });
        _effects.Enqueue(new WorkerEffect.Run(job));
        ReportLoad(now);
    }

    private Uri JobUrl(JobAssignment assignment) =>
        assignment.HasUrl && Uri.TryCreate(assignment.Url, UriKind.Absolute, out var url) && url.Scheme is "ws" or "wss" or "http" or "https"
            ? new UriBuilder(url) { Scheme = url.Scheme is "wss" or "https" ? "wss" : "ws" }.Uri
            : _options.Server.WebSocketUrl;

    private void Terminated(string jobId)
    {
        if (_jobs.ContainsKey(jobId))
            _effects.Enqueue(new WorkerEffect.Stop(jobId, JobStopReason.ServerTerminated));
    }

    private void Finish(UpdateJobStatus status, TimeSpan now)
    {
        _outbox.Add(status);
        SendOutbox(now);
    }

    private void Reported(IEnumerable<string> jobIds)
    {
        foreach (var jobId in jobIds)
            _effects.Enqueue(new WorkerEffect.Reported(jobId));
    }

    private void ForgetOffers()
    {
        foreach (var jobId in _offers.Where(pair => pair.Value.AcceptedAs is null).Select(pair => pair.Key))
            _effects.Enqueue(new WorkerEffect.CancelAsk(_connection, jobId));
        _offers.Clear();
    }

    private void TickJobs(TimeSpan now)
    {
        foreach (var (jobId, offer) in _offers.Where(pair => !pair.Value.IsOverdue && now >= pair.Value.Deadline).ToList())
        {
            if (offer.AcceptedAs is null)
            {
                _log.AnswerTimedOut(jobId, _options.AnswerTimeout.TotalSeconds);
                _effects.Enqueue(new WorkerEffect.CancelAsk(_connection, jobId));
                Decline(jobId, terminate: false);
            }
            else
            {
                _log.AssignmentOverdue(jobId, _options.AssignmentTimeout.TotalSeconds);
                offer.IsOverdue = true;
            }

            ReportLoad(now);
        }

        if (now >= _stopJobsAt)
        {
            _stopJobsAt = TimeSpan.MaxValue;
            Earliest(ref _closeBy, now + _options.StopTimeout);
            StoppedJobs |= _jobs.Count > 0;
            foreach (var jobId in _jobs.Keys)
                _effects.Enqueue(new WorkerEffect.Stop(jobId, _stopReason));
        }

        CloseWhenDone(now);
    }

    /// <summary>The end of a drain: no job runs, none is about to, and the server has confirmed every final status or had its time to.</summary>
    private void CloseWhenDone(TimeSpan now)
    {
        if (State != WorkerState.Draining)
            return;
        var idle = _jobs.Count == 0 && SlotsInUse == 0;
        if (idle && _outbox.Count > 0)
            Earliest(ref _closeBy, now + _options.StopTimeout);
        if (!(idle && _outbox.Count == 0) && now < _closeBy)
            return;

        ClosedEarly = !idle || _outbox.Count > 0;
        if (ClosedEarly)
            _log.ClosedEarly(_jobs.Count, _outbox.Count);
        if (_link == LinkState.Up)
        {
            foreach (var job in _jobs.Values)
                Send(new WorkerMessage { UpdateJob = job.Status(JobStatus.JsFailed, "the worker was stopped before the job had ended") });
        }

        ForgetOffers();
        if (_link != LinkState.Down)
            _effects.Enqueue(new WorkerEffect.Close(_connection));
        Reported(_outbox.GiveUp());
        _link = LinkState.Down;
        _connectBy = _reconnectAt = _nextStatus = _stopJobsAt = _closeBy = TimeSpan.MaxValue;
        _monitor.Stop();
        State = WorkerState.Closed;
    }
}
