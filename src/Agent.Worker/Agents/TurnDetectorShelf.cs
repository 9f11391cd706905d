using Agent.Pipeline.EndOfTurn;
using Agent.Pipeline.Errors;

namespace Agent.Worker.Agents;

/// <summary>The turn detectors that settings name, each made at its first use and shared by all agents.</summary>
internal sealed class TurnDetectorShelf
{
    private const string Text = "text";
    private const string None = "none";

    private readonly Dictionary<string, ITurnDetector> _made = new(StringComparer.Ordinal);

    /// <summary>The detector that a setting names; null where it is none.</summary>
    /// <exception cref="ConfigurationException">The setting names no detector, or one that cannot be made.</exception>
    internal ITurnDetector? Get(string agent, string setting)
    {
        var name = setting.Trim();
        if (name.Length == 0)
            name = Text;
        if (name.Equals(None, StringComparison.OrdinalIgnoreCase))
            return null;
        if (!_made.TryGetValue(name, out var detector))
            _made[name] = detector = Make(agent, name);
        return detector;
    }

    private static TextTurnDetector Make(string agent, string name)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        var kind = colon < 0 ? name : name[..colon];
        var variant = colon < 0 ? "" : name[(colon + 1)..];
        if (!kind.Equals(Text, StringComparison.OrdinalIgnoreCase))
        {
            throw new ConfigurationException(
                $"The agent '{agent}' has the turn detector '{name}', which does not exist: set TurnDetector (AGENT_TURN_DETECTOR, --turn-detector) to text, text:LANGUAGE such as text:de, or none.");
        }

        var options = new TextTurnDetectorOptions();
        if (variant.Length > 0)
            options.DefaultLanguage = variant;
        return new TextTurnDetector(options);
    }
}
