using System.Globalization;
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

    internal static async Task<string> OfAsync(ITurnDetector detector)
    {
        var english = await DetectorRun.OfAsync(detector, LabelledPause.Read("utterances.tsv"), "en");
        var german = await DetectorRun.OfAsync(detector, LabelledPause.Read("utterances-german.tsv"), "de");
        var text = new StringBuilder();
        text.AppendLine("| pauses | all | right | finished | unfinished | hold |");
        text.AppendLine("|---|---|---|---|---|---|");
        Row(text, "English, developed on", english.Only(pause => !pause.IsHeldOut));
        Row(text, "**English, held out**", english.Only(pause => pause.IsHeldOut));
        Row(text, "German, developed on", german.Only(pause => !pause.IsHeldOut));
        Row(text, "**German, held out**", german.Only(pause => pause.IsHeldOut));
        text.AppendLine();
        text.AppendLine("| category (English) | developed on | held out |");
        text.AppendLine("|---|---|---|");
        foreach (var category in english.Verdicts.Select(verdict => verdict.Pause.Category).Distinct())
            text.AppendLine(Invariant($"| {category} | {Share(english.Only(p => p.Category == category && !p.IsHeldOut))} | {Share(english.Only(p => p.Category == category && p.IsHeldOut))} |"));
        text.AppendLine();

        var heldOut = english.Only(pause => pause.IsHeldOut);
        var delay = heldOut.MeanDelaySeconds;
        text.AppendLine("| median pause within a turn | mean delay of both | cut off by the detector | cut off by plain silence | silence that cuts off no more |");
        text.AppendLine("|---|---|---|---|---|");
        foreach (var (name, model) in s_models)
        {
            var cutOffs = heldOut.CutOffs(model);
            text.AppendLine(Invariant($"| {name} | {delay:F2} s | {cutOffs:P1} | {heldOut.CutOffsOfSilence(delay, model):P1} | {heldOut.SilenceForCutOffs(cutOffs, model):F2} s |"));
        }

        return text.ToString().Replace("\r\n", "\n", StringComparison.Ordinal).Replace(" %", "%", StringComparison.Ordinal);
    }

    private static void Row(StringBuilder text, string name, DetectorRun run) => text.AppendLine(Invariant(
        $"| {name} | {run.Count} | {(double)run.Right / run.Count:P1} | {Share(run.Only(Is(PauseLabel.Finished)))} | {Share(run.Only(Is(PauseLabel.Unfinished)))} | {Share(run.Only(Is(PauseLabel.Hold)))} |"));

    private static Func<LabelledPause, bool> Is(PauseLabel label) => pause => pause.Label == label;

    private static string Share(DetectorRun run) => run.Count == 0 ? "–" : Invariant($"{run.Right} of {run.Count}");

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
