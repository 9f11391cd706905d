namespace Agent.Testing;

/// <summary>What the user says and when, as a script.</summary>
public sealed class ScriptedUser
{
    /// <summary>The script.</summary>
    public List<Line> Lines { get; } = [];

    /// <summary>Lets the user say something, from one second to another.</summary>
    public void Says(string text, double from, double to) => Lines.Add(new Line(text, TimeSpan.FromSeconds(from), TimeSpan.FromSeconds(to)));

    /// <summary>Sound that voice activity takes for speech and that has no words: a cough.</summary>
    public void Coughs(double from, double to) => Says("", from, to);

    /// <summary>Whether the user makes a sound at a time.</summary>
    public bool IsSpeaking(TimeSpan at) => Lines.Exists(line => line.From <= at && at < line.To);

    /// <summary>Something that the user says.</summary>
    /// <param name="Text">The words; empty for a sound without words.</param>
    /// <param name="From">When it begins.</param>
    /// <param name="To">When it ends.</param>
    public sealed record Line(string Text, TimeSpan From, TimeSpan To);
}
