using Agent.Pipeline.EndOfTurn;
using Agent.Pipeline.Errors;
using Agent.Worker.Configuration;
using Microsoft.Extensions.Options;

namespace Agent.Worker.Agents;

/// <summary>The turn detectors that settings name, each made at its first use, shared by all agents and disposed with the worker.</summary>
internal sealed class TurnDetectorShelf(IOptions<NativeOptions> native) : IDisposable
{
    private readonly Dictionary<string, ITurnDetector> _made = new(StringComparer.Ordinal);

    /// <summary>The detector that a setting names; null where it is none.</summary>
    /// <exception cref="ConfigurationException">The setting names no detector, or one that cannot be made.</exception>
    internal ITurnDetector? Get(string agent, string setting)
    {
        var name = setting.Trim();
        if (name.Equals("none", StringComparison.OrdinalIgnoreCase))
            return null;
        if (!_made.TryGetValue(name, out var detector))
            _made[name] = detector = Make(agent, name);
        return detector;
    }

    public void Dispose()
    {
        foreach (var detector in _made.Values.OfType<IDisposable>())
            detector.Dispose();
        _made.Clear();
    }

    private ITurnDetector Make(string agent, string name)
    {
        // A path may have colons of its own.
        var parts = name.Split(':', 2);
        return (parts[0].ToLowerInvariant(), parts.ElementAtOrDefault(1)) switch
        {
            ("" or "text", null) => new TextTurnDetector(),
            ("text", { Length: > 0 } language) => new TextTurnDetector(new TextTurnDetectorOptions { DefaultLanguage = language }),
            ("onnx", { Length: > 0 } path) => OnnxTurnDetector.Load(new OnnxTurnDetectorOptions { ModelPath = path, LibraryPath = native.Value.OnnxRuntimeLibrary }),
            _ => throw new ConfigurationException(
                $"There is no turn detector '{name}'{(agent.Length > 0 ? $", as the agent '{agent}' has it" : "")}: set TurnDetector (AGENT_TURN_DETECTOR, --turn-detector) to text, text:LANGUAGE such as text:de, onnx:PATH, or none."),
        };
    }
}
