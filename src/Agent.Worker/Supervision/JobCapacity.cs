namespace Agent.Worker.Supervision;

/// <summary>The places for jobs that all agents of a worker share.</summary>
/// <param name="maxJobs">Places, 1 or more.</param>
internal sealed class JobCapacity(int maxJobs)
{
    private int _taken;

    /// <summary>Places taken now.</summary>
    internal int Taken => Volatile.Read(ref _taken);

    internal bool HasRoom => Taken < maxJobs;

    /// <summary>Takes a place until the result is disposed. An assigned job is never turned away: the server would drop it for good.</summary>
    internal IDisposable Take()
    {
        Interlocked.Increment(ref _taken);
        return new Place(this);
    }

    private sealed class Place(JobCapacity capacity) : IDisposable
    {
        private JobCapacity? _capacity = capacity;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _capacity, null) is { } owner)
                Interlocked.Decrement(ref owner._taken);
        }
    }
}
