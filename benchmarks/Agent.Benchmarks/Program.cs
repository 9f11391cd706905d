using Agent.Benchmarks;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

// `NAME …` runs one measurement; anything else goes to the micro benchmarks, e.g. `--short --filter '*Vad*'`.
var measurements = typeof(IMeasurement).Assembly.GetTypes()
    .Where(t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(typeof(IMeasurement)))
    .Select(t => (IMeasurement)Activator.CreateInstance(t, nonPublic: true)!)
    .OrderBy(m => m.Name, StringComparer.Ordinal)
    .ToArray();
if (args is [var name, ..] && measurements.FirstOrDefault(m => string.Equals(m.Name, name, StringComparison.OrdinalIgnoreCase)) is { } measurement)
{
    using var interrupted = new CancellationTokenSource();
    Console.CancelKeyPress += (_, e) =>
    {
        e.Cancel = true;
        interrupted.Cancel();
    };
    await measurement.RunAsync(args[1..], interrupted.Token);
    return 0;
}

Console.WriteLine("Measurements, run by their name:");
foreach (var each in measurements)
    Console.WriteLine($"  {each.Name,-24}{each.Description}");

// In this process: the native files lie beside it, and nothing is built again for each benchmark.
var job = Job.Default.WithToolchain(InProcessEmitToolchain.Instance);
var config = DefaultConfig.Instance.AddJob(args.Contains("--short", StringComparer.Ordinal) ? job.WithWarmupCount(3).WithIterationCount(5) : job);
string[] rest = [.. args.Where(arg => arg is not "--short")];
var summaries = BenchmarkSwitcher.FromAssembly(typeof(IMeasurement).Assembly).Run(rest, config);
return summaries.Any(summary => summary.HasCriticalValidationErrors) ? 1 : 0;
