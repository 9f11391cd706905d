using Agent.Pipeline.EndOfTurn;

namespace Agent.Testing;

/// <summary>A turn detector that judges by script.</summary>
public sealed class ScriptedTurnDetector : ITurnDetector
{
    private readonly ManualTimeProvider _time;

    /// <summary>A detector that holds every turn to be finished.</summary>
    /// <param name="time">The conversation's clock.</param>
    public ScriptedTurnDetector(ManualTimeProvider time) => _time = time;

    /// <inheritdoc/>
    public string Name => "scripted";

    /// <inheritdoc/>
    public double Threshold { get; set; } = 0.5;

    /// <inheritdoc/>
    public bool NeedsAudio { get; set; }

    /// <summary>How long an answer takes.</summary>
    /// <value>Default 0.02 s.</value>
    public TimeSpan Delay { get; set; } = TimeSpan.FromMilliseconds(20);

    /// <summary>How likely a turn is finished, 0 to 1; null is no opinion.</summary>
    public Func<TurnQuestion, double?> Judge { get; set; } = _ => 1;

    /// <summary>What it was asked, question by question.</summary>
    public List<TurnQuestion> Asked { get; } = [];

    /// <summary>How many questions were dropped before they were answered.</summary>
    public int Dropped { get; private set; }

    /// <summary>Lets turns that end in one of some texts seem unfinished, and all others finished.</summary>
    public void HoldsUnfinished(params string[] endings) => Judge = question => endings.Any(question.Text.EndsWith) ? 0.1 : 0.9;

    /// <inheritdoc/>
    public async ValueTask<TurnEstimate?> EstimateAsync(TurnQuestion question, CancellationToken cancellationToken)
    {
        Asked.Add(question);
        try
        {
            await Task.Delay(Delay, _time, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Dropped++;
            throw;
        }

        return Judge(question) is { } probability ? new TurnEstimate(probability, "by script") : null;
    }
}
