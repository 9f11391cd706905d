using Agent.LiveKit.Worker;

namespace Agent.Worker.Supervision;

/// <summary>One agent's standing with the server: it gets jobs as long as this is up.</summary>
internal interface IRegistration : IAsyncDisposable
{
    /// <summary>Where it stands now.</summary>
    WorkerState State { get; }

    /// <summary>Jobs that run now.</summary>
    int JobCount { get; }

    /// <summary>Registers; afterwards it reconnects by itself, for ever.</summary>
    /// <exception cref="Pipeline.Errors.ConfigurationException">The server cannot be reached or refuses the key.</exception>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Takes no more jobs and waits for those that run; those that outlast the time-out, or the token, are told to end.</summary>
    /// <returns>Whether every job ended by itself.</returns>
    Task<bool> DrainAsync(TimeSpan timeout, CancellationToken cancellationToken);
}
