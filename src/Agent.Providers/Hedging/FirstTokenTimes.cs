namespace Agent.Providers.Hedging;

/// <summary>How long first tokens took lately, and how many answers had a second request. Safe for use from any thread.</summary>
internal sealed class FirstTokenTimes(HedgingOptions options)
{
    private const int Window = 100;
    private const int Enough = 20;

    private readonly Lock _gate = new();
    private readonly Queue<TimeSpan> _times = new(Window);
    private readonly Queue<bool> _hedged = new(Window);

    /// <summary>How long to wait before a second request.</summary>
    internal TimeSpan Delay
    {
        get
        {
            lock (_gate)
            {
                var delay = options.StartDelay;
                if (_times.Count >= Enough)
                {
                    var sorted = _times.Order().ToArray();
                    delay = sorted[(int)Math.Ceiling(options.Percentile * sorted.Length) - 1];
                }

                return delay < options.MinDelay ? options.MinDelay : delay > options.MaxDelay ? options.MaxDelay : delay;
            }
        }
    }

    /// <summary>Notes an answer's first token, of whichever request.</summary>
    internal void Add(TimeSpan time)
    {
        lock (_gate)
            Push(_times, time);
    }

    /// <summary>An answer has needed no second request.</summary>
    internal void Spare()
    {
        lock (_gate)
            Push(_hedged, false);
    }

    /// <summary>Takes one second request out of the budget, if there is one left.</summary>
    internal bool TryHedge()
    {
        lock (_gate)
        {
            // At least one in a hundred answers that nobody has asked for yet: a budget has to begin somewhere.
            var may = options.MaxShare > 0 && _hedged.Count(static hedged => hedged) + 1 <= Math.Max(1, options.MaxShare * Math.Max(_hedged.Count, Enough));
            Push(_hedged, may);
            return may;
        }
    }

    private static void Push<T>(Queue<T> queue, T value)
    {
        if (queue.Count == Window)
            queue.Dequeue();
        queue.Enqueue(value);
    }
}
