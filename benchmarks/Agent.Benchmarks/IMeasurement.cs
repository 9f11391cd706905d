namespace Agent.Benchmarks;

/// <summary>Something that is measured by running it for real and printing a table, where a micro benchmark would tell too little.</summary>
internal interface IMeasurement
{
    /// <summary>What to type to run it.</summary>
    string Name { get; }

    /// <summary>What it measures, in one line.</summary>
    string Description { get; }

    Task RunAsync(string[] arguments, CancellationToken cancellationToken);
}
