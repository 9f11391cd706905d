using System.Collections.Concurrent;

namespace Agent.Providers.Local.Flite;

/// <summary>
/// The threads on which clauses are spoken, first come first served. They are not the thread pool's, because a clause occupies its
/// thread for tens of milliseconds, during which the sessions' loops have to go on.
/// </summary>
internal sealed class FliteThreads : IAsyncDisposable
{
    private readonly BlockingCollection<(Action Speak, TaskCompletionSource Done)> _clauses = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _running;

    public FliteThreads(int count)
    {
        _running = count;
        for (var i = 0; i < count; i++)
            new Thread(Run) { IsBackground = true, Name = $"flite {i}" }.Start();
    }

    /// <summary>Runs one clause on one of the threads; the task ends with it.</summary>
    /// <exception cref="ObjectDisposedException">The synthesizer has been disposed.</exception>
    public Task RunAsync(Action speak)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_clauses)
        {
            ObjectDisposedException.ThrowIf(_clauses.IsAddingCompleted, typeof(FliteTextToSpeech));
            _clauses.Add((speak, done));
        }

        return done.Task;
    }

    public async ValueTask DisposeAsync()
    {
        lock (_clauses)
            _clauses.CompleteAdding();
        await _ended.Task;
    }

    private void Run()
    {
        foreach (var (speak, done) in _clauses.GetConsumingEnumerable())
        {
            try
            {
                speak();
                done.SetResult();
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        }

        if (Interlocked.Decrement(ref _running) == 0)
            _ended.SetResult();
    }
}
