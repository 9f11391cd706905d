using System.Runtime.ExceptionServices;

namespace Agent.Testing;

/// <summary>
/// Runs asynchronous code on one thread and virtual time: everything that is ready is run, then the clock goes on to the next timer. The same
/// code always takes the same course.
/// </summary>
public sealed class VirtualWorld : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _ready = new();
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private volatile bool _hasEscaped;

    /// <summary>The clock.</summary>
    public ManualTimeProvider Time { get; } = new();

    /// <inheritdoc/>
    public override void Post(SendOrPostCallback d, object? state)
    {
        // Not thrown here: whoever comes from another thread would take the whole process down.
        if (Environment.CurrentManagedThreadId == _thread)
            _ready.Enqueue((d, state));
        else
            _hasEscaped = true;
    }

    /// <inheritdoc/>
    public override void Send(SendOrPostCallback d, object? state) => d(state);

    /// <inheritdoc/>
    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Runs until something has completed, or fails when it has not by a time.</summary>
    public T Run<T>(Func<Task<T>> main, TimeSpan limit)
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            var task = main();
            while (!task.IsCompleted)
            {
                if (_hasEscaped)
                {
                    throw new InvalidOperationException(
                        "Something in the virtual world went on on another thread, so that it would not be the same twice: an engine or a tool that does real work, uses Task.Run, or waits without the screenplay's Time. Script it, or have it wait on Time.");
                }

                if (_ready.TryDequeue(out var next))
                    next.Callback(next.State);
                else if (!Time.TryFireNext(limit))
                    throw new TimeoutException($"Nothing more happens before {limit}, and the conversation is not over.");
            }

            if (task.Exception is { } error)
                ExceptionDispatchInfo.Throw(error.InnerException!);
            return task.Result;
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }
}
