using Agent.LiveKit.Worker;
using Agent.Pipeline.Errors;
using Agent.Worker.Jobs;

namespace Agent.Worker.Supervision;

/// <summary>What one agent's registration does with the jobs that the server offers and gives it.</summary>
internal sealed class JobDesk(string agentName, JobCapacity capacity, IJobHost host) : IJobHandler
{
    public ValueTask<JobAnswer> AnswerAsync(JobRequest request, CancellationToken cancellationToken) =>
        new(capacity.HasRoom ? JobAnswer.Accept() : JobAnswer.Decline());

    public async Task RunAsync(AssignedJob job, CancellationToken cancellationToken)
    {
        using var place = capacity.Take();
        var end = await host.RunAsync(agentName, job, cancellationToken);
        if (end.Kind == JobEndKind.Failed)
            throw new AgentException(end.Reason);
    }
}
