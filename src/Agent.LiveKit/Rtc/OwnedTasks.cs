namespace Agent.LiveKit.Rtc;

/// <summary>Tasks that run beside their owner and that it waits for when it ends.</summary>
internal sealed class OwnedTasks
{
    private readonly Lock _gate = new();
    private readonly HashSet<Task> _tasks = [];

    /// <summary>Tasks that still run.</summary>
    internal int Count
    {
        get
        {
            lock (_gate)
                return _tasks.Count;
        }
    }

    /// <summary>Takes a task over; it deals with its own errors.</summary>
    internal void Add(Task task)
    {
        lock (_gate)
            _tasks.Add(task);
        _ = task.ContinueWith(Remove, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>Completes when every task has.</summary>
    internal async Task WhenAllAsync()
    {
        while (true)
        {
            Task[] tasks;
            lock (_gate)
                tasks = [.. _tasks];
            if (tasks.Length == 0)
                return;
            await Task.WhenAll(tasks);
        }
    }

    private void Remove(Task task)
    {
        lock (_gate)
            _tasks.Remove(task);
    }
}
