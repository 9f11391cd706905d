using System.Globalization;
using System.Text;

namespace Agent.Pipeline.Recordings;

/// <summary>What became of a recording in the turn machine as it is now.</summary>
public sealed class Replay
{
    private readonly Recording _recording;
    private readonly IReadOnlyList<ReplayedStep> _steps;
    private readonly ReplayDifference? _difference;

    internal Replay(Recording recording, IReadOnlyList<ReplayedStep> steps, ReplayDifference? difference)
    {
        _recording = recording;
        _steps = steps;
        _difference = difference;
    }

    /// <summary>Whether every step wants what was recorded.</summary>
    public bool IsSame => _difference is null;

    /// <summary>Where the first difference is, and what it is; null when there is none.</summary>
    public string? Difference => _difference is null ? null : $"{_recording.Name}, {_difference}.";

    /// <summary>The whole course, step by step, one line each: the second, the agent's state, what happened, and what was decided. Always the same for the same recording.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        foreach (var step in _steps)
        {
            text.Append(CultureInfo.InvariantCulture, $"{step.At.TotalSeconds,10:F3}  {step.Agent,-12}  {InputText.Describe(step.Input)}");
            if (step.Effects.Count > 0)
                text.Append("  ->  ").AppendJoin("; ", step.Effects);
            if (ReferenceEquals(step, _difference?.Replayed))
                text.Append("  <-  recorded was: ").AppendJoin("; ", _difference.Recorded.Effects.DefaultIfEmpty("nothing"));
            text.Append('\n');
        }

        return text.ToString();
    }
}
