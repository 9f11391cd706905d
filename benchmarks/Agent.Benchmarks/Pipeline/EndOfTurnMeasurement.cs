using Agent.Pipeline.EndOfTurn;
using Agent.Tests.Pipeline.EndOfTurn.Accuracy;

namespace Agent.Benchmarks.Pipeline;

/// <summary>How often the text detector is right, on the labelled pauses of the tests.</summary>
internal sealed class EndOfTurnMeasurement : IMeasurement
{
    public string Name => "end-of-turn";

    public string Description => "accuracy of the text detector; with `develop`, every mistake on the pauses it was developed on";

    public async Task RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var detector = new TextTurnDetector();
        foreach (var table in await AccuracyReport.OfAsync(detector))
            Console.WriteLine($"{table}\n");
        if (arguments is not ["develop"])
            return;
        foreach (var (file, language) in new[] { ("utterances.tsv", "en"), ("utterances-german.tsv", "de") })
        {
            var run = await DetectorRun.OfAsync(detector, LabelledPause.Read(file).Where(pause => pause.Split == PauseSplit.Develop), language);
            foreach (var (pause, estimate, _) in run.Wrong)
                Console.WriteLine(FormattableString.Invariant($"{estimate?.Probability:F2} {estimate?.Reason} – {pause}"));
        }
    }
}
