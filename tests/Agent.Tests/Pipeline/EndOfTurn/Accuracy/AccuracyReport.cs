using System.Text;
using Agent.Pipeline.EndOfTurn;

namespace Agent.Tests.Pipeline.EndOfTurn.Accuracy;

/// <summary>The tables of docs/end-of-turn.md.</summary>
internal static class AccuracyReport
{
    private static readonly (string Name, Func<PauseLabel, PauseModel> Model)[] s_models =
    [
        ("0.6 s; 1.5 s after asking for time", label => new PauseModel(label == PauseLabel.Hold ? 1.5 : 0.6)),
        ("0.4 s for all", _ => new PauseModel(0.4)),
        ("1.0 s for all", _ => new PauseModel(1.0)),
    ];

    private static readonly (string Name, PauseSplit Split)[] s_splits =
    [
        ("developed on", PauseSplit.Develop),
        ("held out", PauseSplit.HeldOut),
        ("unseen", PauseSplit.Unseen),
    ];

    /// <summary>The tables, one after the other.</summary>
    internal static async Task<IReadOnlyList<string>> OfAsync(ITurnDetector detector)
    {
        var english = await DetectorRun.OfAsync(detector, LabelledPause.Read("utterances.tsv"), "en");
        var german = await DetectorRun.OfAsync(detector, LabelledPause.Read("utterances-german.tsv"), "de");
        var text = new StringBuilder();
        text.AppendLine("| pauses | all | right | finished | unfinished | hold |");
        text.AppendLine("|---|---|---|---|---|---|");
        foreach (var (name, split) in s_splits)
            Row(text, "English, " + name, english.Only(In(split)));
        foreach (var (name, split) in s_splits[..2])
            Row(text, "German, " + name, german.Only(In(split)));
        text.AppendLine();
        text.AppendLine(Invariant($"| English, by category | {string.Join(" | ", s_splits.Select(split => split.Name))} |"));
        text.AppendLine("|---|---|---|---|");
        foreach (var category in english.Verdicts.Select(verdict => verdict.Pause.Category).Distinct())
        {
            var cells = s_splits.Select(split => Share(english.Only(pause => pause.Category == category && pause.Split == split.Split)));
            text.AppendLine(Invariant($"| {category} | {string.Join(" | ", cells)} |"));
        }


        var delays = new StringBuilder();
        var unseen = english.Only(In(PauseSplit.Unseen));
        var delay = unseen.MeanDelaySeconds;
        delays.AppendLine("| median pause within a turn | mean delay of both | cut off by the detector | cut off by plain silence | silence that cuts off no more |");
        delays.AppendLine("|---|---|---|---|---|");
        foreach (var (name, model) in s_models)
        {
            var cutOffs = unseen.CutOffs(model);
            delays.AppendLine(Invariant($"| {name} | {delay:F2} s | {cutOffs:P1} | {unseen.CutOffsOfSilence(delay, model):P1} | {unseen.SilenceForCutOffs(cutOffs, model):F2} s |"));
        }

        return [text.ToString().TrimEnd(), delays.ToString().TrimEnd()];
    }

    private static void Row(StringBuilder text, string name, DetectorRun run) => text.AppendLine(Invariant(
        $"| {name} | {run.Count} | {(double)run.Right / run.Count:P1} | {Share(run.Only(Is(PauseLabel.Finished)))} | {Share(run.Only(Is(PauseLabel.Unfinished)))} | {Share(run.Only(Is(PauseLabel.Hold)))} |"));

    private static Func<LabelledPause, bool> In(PauseSplit split) => pause => pause.Split == split;

    private static Func<LabelledPause, bool> Is(PauseLabel label) => pause => pause.Label == label;

    private static string Share(DetectorRun run) => run.Count == 0 ? "–" : Invariant($"{run.Right} of {run.Count}");

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
