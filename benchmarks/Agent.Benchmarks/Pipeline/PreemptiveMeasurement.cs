using Agent.Testing;

namespace Agent.Benchmarks.Pipeline;

/// <summary>How much sooner the first sound comes when the answer begins before the turn is over; on virtual time, so that the numbers are exact.</summary>
internal sealed class PreemptiveMeasurement : IMeasurement
{
    public string Name => "preemptive";

    public string Description => "latencies with and without answers in advance, at a first token of 0.3 s";

    public Task RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        Console.WriteLine("end of turn   final words   in advance           turn over   first token   first sound");
        foreach (var detector in new[] { false, true })
        {
            foreach (var finalDelay in new[] { 0.1, 0.3 })
            {
                Measure(detector, finalDelay, enabled: false, synthesize: false);
                Measure(detector, finalDelay, enabled: true, synthesize: false);
                Measure(detector, finalDelay, enabled: true, synthesize: true);
            }
        }

        return Task.CompletedTask;
    }

    private static void Measure(bool detector, double finalDelay, bool enabled, bool synthesize)
    {
        var play = new Screenplay();
        if (detector)
            play.TurnDetector = new ScriptedTurnDetector(play.Time);
        play.Recogniser.FinalDelay = TimeSpan.FromSeconds(finalDelay);
        play.Model.FirstToken = TimeSpan.FromSeconds(0.3);
        play.Model.Answers("It is five past nine in the evening.");
        play.Options.Turns.Preemptive.Enabled = enabled;
        play.Options.Turns.Preemptive.Synthesize = synthesize;
        play.User.Says("what time is it", from: 1, to: 2);
        play.Play(9);
        var latency = play.Turns[0].Latency;
        var how = enabled ? synthesize ? "model and voice" : "model" : "nothing";
        Console.WriteLine(
            $"{(detector ? "detector" : "silence"),-13} {finalDelay,8:F1} s   {how,-18} {latency.EndOfTurn?.TotalMilliseconds,8:F0} ms {latency.FirstToken?.TotalMilliseconds,10:F0} ms {latency.FirstAudioInRoom?.TotalMilliseconds,10:F0} ms");
    }
}
