using System.Globalization;
using Agent.Pipeline.EndOfTurn;
using Agent.Pipeline.History;

namespace Agent.Tests.Pipeline.EndOfTurn.Accuracy;

/// <summary>One line of a labelled set.</summary>
internal sealed record LabelledPause(PauseSplit Split, PauseLabel Label, string Category, string Agent, string Text)
{
    /// <summary>Reads a set that lies in this assembly.</summary>
    internal static IReadOnlyList<LabelledPause> Read(string file)
    {
        using var stream = typeof(LabelledPause).Assembly.GetManifestResourceStream(file) ?? throw new FileNotFoundException($"{file} is not embedded in this assembly.", file);
        using var reader = new StreamReader(stream);
        var pauses = new List<LabelledPause>();
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
                continue;
            if (line.Split('\t') is not [var split, var label, var category, var agent, var text])
                throw new FormatException($"Line {pauses.Count + 1} of the pauses in {file} is not: split, label, category, agent, text.");
            pauses.Add(new LabelledPause(Enum.Parse<PauseSplit>(split.Replace("-", "", StringComparison.Ordinal), ignoreCase: true), Enum.Parse<PauseLabel>(label, ignoreCase: true), category, agent, text));
        }

        return pauses;
    }

    internal TurnQuestion Question(string language) => new()
    {
        Text = Text,
        Language = language,
        History = Agent.Length == 0 ? [] : [new AgentMessage("1", TimeSpan.Zero, Agent, Interrupted: false)],
    };

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Label}: \"{Agent}\" \"{Text}\"");
}
