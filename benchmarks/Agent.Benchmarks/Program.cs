using Agent.Benchmarks.Pipeline;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

// In this process: the native files lie beside it, and nothing is built again for each benchmark.
var job = Job.Default.WithToolchain(InProcessEmitToolchain.Instance);
var config = DefaultConfig.Instance.AddJob(args.Contains("--short", StringComparer.Ordinal) ? job.WithWarmupCount(3).WithIterationCount(5) : job);
string[] rest = [.. args.Where(arg => arg is not "--short")];
var summaries = BenchmarkSwitcher.FromAssembly(typeof(VoiceActivityBenchmarks).Assembly).Run(rest, config);
return summaries.Any(summary => summary.HasCriticalValidationErrors) ? 1 : 0;
