using Agent.Pipeline.EndOfTurn;
using Agent.Tests.Pipeline.EndOfTurn.Accuracy;
using Agent.Tests.Tools;

namespace Agent.Tests.Pipeline.EndOfTurn;

public sealed class AccuracyTests
{
    private const int LeastPauses = 300;

    [Fact]
    public async Task Report_OfTheTextDetector_IsWhatTheDocumentationSays()
    {
        var page = Repository.Text("docs", "end-of-turn.md");

        // When the detector has changed: `Agent.Benchmarks end-of-turn` prints the new tables.
        Assert.All(await AccuracyReport.OfAsync(new TextTurnDetector()), table => Assert.Contains(table, page, StringComparison.Ordinal));
        Assert.Contains($"{LabelledPause.Read("utterances.tsv").Count} English pauses", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Pauses_OfEnglish_AreManyAndBalancedAndUnique()
    {
        var pauses = LabelledPause.Read("utterances.tsv");

        Assert.True(pauses.Count >= LeastPauses, $"{pauses.Count} pauses");
        Assert.InRange(pauses.Count(pause => pause.Label == PauseLabel.Finished) / (double)pauses.Count, 0.4, 0.6);
        Assert.Empty(pauses.GroupBy(pause => (pause.Agent, pause.Text)).Where(group => group.Count() > 1).Select(group => group.Key));
    }

    [Fact]
    public async Task TextDetector_UnseenPauses_CutsOffFewerThanSilenceOfTheSameDelay()
    {
        var run = await DetectorRun.OfAsync(new TextTurnDetector(), LabelledPause.Read("utterances.tsv").Where(pause => pause.Split == PauseSplit.Unseen), "en");
        var model = new PauseModel(0.6);

        Assert.True(run.CutOffs(_ => model) < run.CutOffsOfSilence(run.MeanDelaySeconds, _ => model));
    }

    [Fact]
    public void LongerThan_Median_IsHalfOfAllPausesThatAreAskedAbout()
    {
        var model = new PauseModel(0.6);

        // Of a log-normal distribution with median 0.6 and deviation 0.8, 91.5 % are longer than 0.2: Φ(ln 3 / 0.8).
        Assert.Equal(0.5 / 0.91515, model.LongerThan(0.6), 1e-4);
        Assert.Equal(1, model.LongerThan(0.1));
    }
}
