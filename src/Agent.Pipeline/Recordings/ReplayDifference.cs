using System.Globalization;

namespace Agent.Pipeline.Recordings;

/// <summary>The first step that wants something else than was recorded.</summary>
internal sealed record ReplayDifference(RecordedStep Recorded, ReplayedStep Replayed)
{
    public override string ToString()
    {
        var at = 0;
        while (at < Recorded.Effects.Count && at < Replayed.Effects.Count && string.Equals(Recorded.Effects[at], Replayed.Effects[at], StringComparison.Ordinal))
            at++;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"line {Recorded.Line}, at {Recorded.At.TotalSeconds:F3} s, {InputText.Describe(Recorded.Input)}: recorded was {Effect(Recorded.Effects, at)}, now it is {Effect(Replayed.Effects, at)}");
    }

    private static string Effect(IReadOnlyList<string> effects, int at) => at < effects.Count ? $"'{effects[at]}'" : "nothing more";
}
