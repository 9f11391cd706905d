namespace Agent.Tests.Pipeline.Harness;

/// <summary>What the user says and when, as a script.</summary>
internal sealed class ScriptedUser
{
    internal List<Line> Lines { get; } = [];

    internal void Says(string text, double from, double to) => Lines.Add(new Line(text, TimeSpan.FromSeconds(from), TimeSpan.FromSeconds(to)));

    /// <summary>Sound that voice activity takes for speech and that has no words: a cough.</summary>
    internal void Coughs(double from, double to) => Says("", from, to);

    internal bool IsSpeaking(TimeSpan at) => Lines.Exists(line => line.From <= at && at < line.To);

    internal sealed record Line(string Text, TimeSpan From, TimeSpan To);
}
