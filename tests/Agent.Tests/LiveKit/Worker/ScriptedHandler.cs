using System.Collections.Concurrent;
using Agent.LiveKit.Worker;

namespace Agent.Tests.LiveKit.Worker;

/// <summary>A handler whose answers and jobs are in the test's hands.</summary>
internal sealed class ScriptedHandler : IJobHandler
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<AssignedJob>> _started = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _ends = new(StringComparer.Ordinal);

    public Func<JobRequest, CancellationToken, ValueTask<JobAnswer>> Answer { get; set; } = (_, _) => ValueTask.FromResult(JobAnswer.Accept());

    public Task<AssignedJob> StartedAsync(string jobId) => Started(jobId).Task.WaitAsync(FakeWorkerConnection.Patience);

    public void End(string jobId) => Ends(jobId).SetResult();

    public void Fail(string jobId, Exception error) => Ends(jobId).SetException(error);

    public ValueTask<JobAnswer> AnswerAsync(JobRequest request, CancellationToken cancellationToken) => Answer(request, cancellationToken);

    public async Task RunAsync(AssignedJob job, CancellationToken cancellationToken)
    {
        Started(job.Id).SetResult(job);
        await Ends(job.Id).Task.WaitAsync(cancellationToken);
    }

    private TaskCompletionSource<AssignedJob> Started(string jobId) =>
        _started.GetOrAdd(jobId, static _ => new TaskCompletionSource<AssignedJob>(TaskCreationOptions.RunContinuationsAsynchronously));

    private TaskCompletionSource Ends(string jobId) =>
        _ends.GetOrAdd(jobId, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
