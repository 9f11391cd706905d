using System.Threading.Channels;
using Agent.LiveKit.Worker;

namespace Agent.Tests.EndToEnd.Worker;

/// <summary>Takes the jobs of the rooms of its test, says which have started, and ends them when told to.</summary>
internal sealed class RecordingHandler(params string[] rooms) : IJobHandler
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Channel<AssignedJob> _started = Channel.CreateUnbounded<AssignedJob>();
    private readonly Channel<AssignedJob> _ended = Channel.CreateUnbounded<AssignedJob>();
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<AssignedJob> StartedAsync() => _started.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    public Task<AssignedJob> EndedAsync() => _ended.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    public bool HasStarted => _started.Reader.TryPeek(out _);

    public void EndJobs() => _end.SetResult();

    public ValueTask<JobAnswer> AnswerAsync(JobRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(rooms.Contains(request.RoomName) ? JobAnswer.Accept() : JobAnswer.Decline());

    public async Task RunAsync(AssignedJob job, CancellationToken cancellationToken)
    {
        _started.Writer.TryWrite(job);
        try
        {
            await _end.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            _ended.Writer.TryWrite(job);
        }
    }
}
