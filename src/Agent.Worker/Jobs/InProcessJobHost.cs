using Agent.LiveKit.Worker;
using Agent.Pipeline.Errors;
using Agent.Worker.Agents;
using Agent.Worker.Hosting;

namespace Agent.Worker.Jobs;

/// <summary>Runs jobs in the worker's own process. A job's failure ends that job alone; a native crash would end all of them.</summary>
internal sealed class InProcessJobHost(Func<string, HostedAgent> find, JobRunner runner, TimeProvider time, ILogger<InProcessJobHost> logger) : IJobHost
{
    private readonly Lock _lock = new();
    private readonly HashSet<Task> _jobs = [];

    public void Prepare() => runner.Prepare();

    public async Task<JobEnd> RunAsync(string agentName, AssignedJob job, CancellationToken cancellationToken)
    {
        var ended = new TaskCompletionSource<JobEnd>(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = Task.Run(() => RunToTheLastAsync(agentName, job, ended, cancellationToken), CancellationToken.None);
        lock (_lock)
        {
            _jobs.RemoveWhere(done => done.IsCompleted);
            _jobs.Add(running);
        }

        return await ended.Task;
    }

    public Task SettleAsync()
    {
        lock (_lock)
            return Task.WhenAll(_jobs);
    }

    private async Task RunToTheLastAsync(string agentName, AssignedJob job, TaskCompletionSource<JobEnd> ended, CancellationToken cancellationToken)
    {
        using var scope = logger.BeginScope(new LogScope(("worker", job.WorkerId), ("agent", agentName), ("job", job.Id), ("room", job.RoomName)));
        var begun = time.GetTimestamp();
        JobLog.Began(logger, job.Metadata.Length);
        try
        {
            await runner.RunAsync(find(agentName), job, End, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            End(new(JobEndKind.Succeeded, $"told to end before the conversation began: {job.StopReason}"));
        }
        catch (AgentException exception)
        {
            JobLog.Broke(logger, exception);
            End(new(JobEndKind.Failed, exception.Message));
        }
        catch (Exception exception)
        {
            // The server and other people read the reason; what an unknown exception says may hold anything.
            JobLog.BrokeUnexpectedly(logger, exception);
            End(new(JobEndKind.Failed, $"unexpected {exception.GetType().Name}; see the worker's log"));
        }

        void End(JobEnd end)
        {
            // The first end counts; what breaks while the room is left is in the log.
            if (!ended.TrySetResult(end))
                return;
            var seconds = time.GetElapsedTime(begun).TotalSeconds;
            if (end.Kind == JobEndKind.Succeeded)
                JobLog.Succeeded(logger, seconds, end.Reason);
            else
                JobLog.Failed(logger, seconds, end.Reason);
        }
    }
}
