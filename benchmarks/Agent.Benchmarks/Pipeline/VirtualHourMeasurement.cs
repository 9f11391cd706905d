using System.Diagnostics;
using Agent.Testing;

namespace Agent.Benchmarks.Pipeline;

/// <summary>How long an hour of conversation at random takes on virtual time; at most 2 s is wanted.</summary>
internal sealed class VirtualHourMeasurement : IMeasurement
{
    private const double Hour = 3_600;

    public string Name => "virtual-hour";

    public string Description => "an hour of conversation at random on virtual time";

    public Task RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        for (var run = 0; run < 5 && !cancellationToken.IsCancellationRequested; run++)
        {
            var play = new Screenplay();
            RandomConversation.Fill(play, seed: 1, Hour - 60);
            var before = GC.GetTotalAllocatedBytes();
            var watch = Stopwatch.StartNew();
            play.Play(Hour);
            Console.WriteLine($"{watch.Elapsed.TotalSeconds:F2} s, {(GC.GetTotalAllocatedBytes() - before) / 1_000_000} MB, {play.Turns.Count} turns{(run == 0 ? " (the first, with compilation)" : "")}");
        }

        return Task.CompletedTask;
    }
}
