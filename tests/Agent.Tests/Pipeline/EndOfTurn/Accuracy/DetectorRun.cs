using Agent.Pipeline.EndOfTurn;

namespace Agent.Tests.Pipeline.EndOfTurn.Accuracy;

/// <summary>A detector's verdicts on labelled pauses, and what they mean for a conversation.</summary>
internal sealed class DetectorRun
{
    internal const double FinishedDelaySeconds = 0.3;
    internal const double UnfinishedDelaySeconds = 2.5;

    private readonly List<(LabelledPause Pause, TurnEstimate? Estimate, bool SaysFinished)> _verdicts = [];

    private DetectorRun()
    {
    }

    internal IReadOnlyList<(LabelledPause Pause, TurnEstimate? Estimate, bool SaysFinished)> Verdicts => _verdicts;

    internal static async Task<DetectorRun> OfAsync(ITurnDetector detector, IEnumerable<LabelledPause> pauses, string language)
    {
        var run = new DetectorRun();
        foreach (var pause in pauses)
        {
            // No opinion means what it means in a conversation: the turn counts as finished.
            var estimate = await detector.EstimateAsync(pause.Question(language), CancellationToken.None);
            run._verdicts.Add((pause, estimate, estimate is null || estimate.Probability >= detector.Threshold));
        }

        return run;
    }

    internal DetectorRun Only(Func<LabelledPause, bool> which)
    {
        var run = new DetectorRun();
        run._verdicts.AddRange(_verdicts.Where(verdict => which(verdict.Pause)));
        return run;
    }

    internal int Count => _verdicts.Count;

    internal int Right => _verdicts.Count(IsRight);

    internal IEnumerable<(LabelledPause Pause, TurnEstimate? Estimate, bool SaysFinished)> Wrong => _verdicts.Where(verdict => !IsRight(verdict));

    /// <summary>How long a user who is done waits until the turn ends, on average. A fixed silence of this length makes users wait as long.</summary>
    internal double MeanDelaySeconds => _verdicts
        .Where(verdict => verdict.Pause.Label == PauseLabel.Finished)
        .Average(verdict => verdict.SaysFinished ? FinishedDelaySeconds : UnfinishedDelaySeconds);

    /// <summary>The share of pauses of users who are not done at which the agent would start to speak.</summary>
    internal double CutOffs(Func<PauseLabel, PauseModel> model) => Unfinished
        .Average(verdict => model(verdict.Pause.Label).LongerThan(verdict.SaysFinished ? FinishedDelaySeconds : UnfinishedDelaySeconds));

    /// <summary>The same when a fixed silence ends every turn.</summary>
    internal double CutOffsOfSilence(double seconds, Func<PauseLabel, PauseModel> model) => Unfinished
        .Average(verdict => model(verdict.Pause.Label).LongerThan(seconds));

    /// <summary>The fixed silence that cuts off no more than the detector does.</summary>
    internal double SilenceForCutOffs(double share, Func<PauseLabel, PauseModel> model)
    {
        var (low, high) = (PauseModel.AskedAfterSeconds, 60.0);
        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            if (CutOffsOfSilence(middle, model) > share)
                low = middle;
            else
                high = middle;
        }

        return high;
    }

    private IEnumerable<(LabelledPause Pause, TurnEstimate? Estimate, bool SaysFinished)> Unfinished => _verdicts.Where(verdict => verdict.Pause.Label != PauseLabel.Finished);

    private static bool IsRight((LabelledPause Pause, TurnEstimate? Estimate, bool SaysFinished) verdict) =>
        verdict.SaysFinished == (verdict.Pause.Label == PauseLabel.Finished);
}
