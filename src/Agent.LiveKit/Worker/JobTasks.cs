using Agent.Pipeline.Errors;
using Microsoft.Extensions.Logging;

namespace Agent.LiveKit.Worker;

/// <summary>The handler's calls as tasks: what it is asked and what it runs. Started and cancelled by the worker's loop alone.</summary>
internal sealed class JobTasks(IJobHandler handler, ILogger log)
{
    private readonly Dictionary<(int Connection, string JobId), CancellationTokenSource> _asks = [];
    private readonly Dictionary<string, (AssignedJob Job, CancellationTokenSource Stop)> _jobs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AssignedJob> _unreported = new(StringComparer.Ordinal);
    private readonly HashSet<Task> _tasks = [];

    /// <summary>Asks the handler; the answer, or nothing if it failed, goes to <paramref name="answered"/>.</summary>
    public void Ask(int connection, JobRequest request, Action<JobAnswer?> answered)
    {
        var stop = new CancellationTokenSource();
        _asks[(connection, request.Id)] = stop;
        Track(Task.Run(async () => answered(await AskAsync(request, stop.Token))));
    }

    public void CancelAsk(int connection, string jobId)
    {
        if (_asks.Remove((connection, jobId), out var stop))
            Cancel(stop);
    }

    public void Answered(int connection, string jobId)
    {
        if (_asks.Remove((connection, jobId), out var stop))
            stop.Dispose();
    }

    /// <summary>Runs a job; how it ended goes to <paramref name="ended"/>, with an empty error for success.</summary>
    public void Run(AssignedJob job, Action<bool, string> ended)
    {
        var stop = new CancellationTokenSource();
        _jobs[job.Id] = (job, stop);
        log.JobStarted(job.Id, job.RoomName);
        Track(Task.Run(async () =>
        {
            var (succeeded, error) = await RunAsync(job, stop.Token);
            ended(succeeded, error);
        }));
    }

    public void Stop(string jobId, JobStopReason reason)
    {
        if (!_jobs.TryGetValue(jobId, out var running) || !running.Job.TryStop(reason))
            return;
        log.JobStopping(jobId, reason);
        Cancel(running.Stop);
    }

    public void Ended(string jobId)
    {
        if (_jobs.Remove(jobId, out var ended))
            _unreported[jobId] = ended.Job;
    }

    public void Reported(string jobId)
    {
        if (_unreported.Remove(jobId, out var job))
            job.SetReported();
    }

    /// <summary>The connection is closed for good: nothing can be reported any more. Ends when every task has; a handler that ignores its token is not waited for when <paramref name="abandon"/> is set.</summary>
    public async Task CompleteAsync(bool abandon)
    {
        foreach (var stop in _asks.Values)
            Cancel(stop);
        foreach (var job in _unreported.Values.Concat(_jobs.Values.Select(running => running.Job)))
            job.SetReported();
        if (!abandon)
            await Task.WhenAll(_tasks);
    }

    private static string Describe(Exception error) => error is AgentException ? error.Message : $"the agent failed: {error.GetType().Name}";

    private async Task<JobAnswer?> AskAsync(JobRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await handler.AnswerAsync(request, cancellationToken) ?? JobAnswer.Decline();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception e)
        {
            log.AnswerFailed(e, request.Id);
            return null;
        }
    }

    private async Task<(bool Succeeded, string Error)> RunAsync(AssignedJob job, CancellationToken cancellationToken)
    {
        try
        {
            await handler.RunAsync(job, cancellationToken);
            log.JobSucceeded(job.Id);
            return (true, "");
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            log.JobStopped(job.Id, job.StopReason);
            return job.StopReason == JobStopReason.ServerTerminated ? (true, "") : (false, "the worker was stopped before the job had ended");
        }
        catch (Exception e)
        {
            log.JobFailed(job.Id, e.Message, e is AgentException ? null : e);
            return (false, Describe(e));
        }
    }

    // Callbacks of the token run user code: not on the worker's loop.
    private void Cancel(CancellationTokenSource stop) => Track(stop.CancelAsync());

    private void Track(Task task)
    {
        _tasks.RemoveWhere(done => done.IsCompleted);
        _tasks.Add(task);
    }
}
