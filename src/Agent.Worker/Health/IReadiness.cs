namespace Agent.Worker.Health;

/// <summary>Knows whether the worker can take jobs.</summary>
internal interface IReadiness
{
    /// <summary>The answer now. Safe to ask from any thread.</summary>
    Readiness Current { get; }
}
