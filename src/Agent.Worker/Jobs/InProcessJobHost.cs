using Agent.LiveKit.Worker;
using Agent.Pipeline.Errors;
using Agent.Worker.Agents;
using Agent.Worker.Hosting;

namespace Agent.Worker.Jobs;

/// <summary>Runs jobs in the worker's own process. A job's failure ends that job alone; a native crash would end all of them.</summary>
internal sealed class InProcessJobHost(Func<string, HostedAgent> find, JobRunner runner, TimeProvider time, ILogger<InProcessJobHost> logger) : IJobHost
{
    public void Prepare() => runner.Prepare();

    public async Task<JobEnd> RunAsync(string agentName, AssignedJob job, CancellationToken cancellationToken)
    {
        using var scope = logger.BeginScope(new LogScope(("worker", job.WorkerId), ("agent", agentName), ("job", job.Id), ("room", job.RoomName)));
        var begun = time.GetTimestamp();
        JobLog.Began(logger, job.Metadata.Length);
        JobEnd end;
        try
        {
            end = await runner.RunAsync(find(agentName), job, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            end = new(JobEndKind.Succeeded, $"told to end before the conversation began: {job.StopReason}");
        }
        catch (AgentException exception)
        {
            end = new(JobEndKind.Failed, exception.Message);
            JobLog.Broke(logger, exception);
        }
        catch (Exception exception)
        {
            // The server and other people read the reason; what an unknown exception says may hold anything.
            end = new(JobEndKind.Failed, $"unexpected {exception.GetType().Name}; see the worker's log");
            JobLog.Broke(logger, exception);
        }

        var seconds = time.GetElapsedTime(begun).TotalSeconds;
        if (end.Kind == JobEndKind.Succeeded)
            JobLog.Succeeded(logger, seconds, end.Reason);
        else
            JobLog.Failed(logger, seconds, end.Reason);
        return end;
    }
}
