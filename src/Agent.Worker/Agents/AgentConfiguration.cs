using Agent.Pipeline.Errors;
using Microsoft.Extensions.Options;

namespace Agent.Worker.Agents;

/// <summary>
/// Which agents this worker has, from code and from configuration, and configuration's part in each one's options: section <c>Agents:NAME</c>, and
/// the short section <c>Agent</c> (command line, <c>AGENT_*</c>) for the one agent that it names or that is the only one.
/// </summary>
internal sealed class AgentConfiguration : IPostConfigureOptions<AgentOptions>
{
    /// <summary>The section of the one agent that it names, or of the only one.</summary>
    internal const string ShortSection = "Agent";

    /// <summary>The section that holds a section for each agent.</summary>
    internal const string Section = "Agents";

    /// <summary>The key of the agent's name in the short section.</summary>
    internal const string NameKey = "Name";

    private readonly IConfiguration _configuration;
    private readonly Lazy<(string[] Names, string? Short)> _agents;

    public AgentConfiguration(IConfiguration configuration, IEnumerable<AgentName> added)
    {
        _configuration = configuration;
        _agents = new(() => Resolve(configuration, added));
    }

    /// <summary>The names of all agents, each once.</summary>
    /// <exception cref="ConfigurationException">There is none, or it is not clear which one the short section is about.</exception>
    internal IReadOnlyList<string> Names => _agents.Value.Names;

    public void PostConfigure(string? name, AgentOptions options)
    {
        _configuration.GetSection($"{Section}:{name}").Bind(options);
        if (string.Equals(name, _agents.Value.Short, StringComparison.Ordinal))
            _configuration.GetSection(ShortSection).Bind(options);
    }

    private static (string[] Names, string? Short) Resolve(IConfiguration configuration, IEnumerable<AgentName> added)
    {
        string[] names = [.. added.Select(agent => agent.Value)
            .Concat(configuration.GetSection(Section).GetChildren().Select(child => child.Key))
            .Distinct(StringComparer.Ordinal)];
        var section = configuration.GetSection(ShortSection);
        if (!section.GetChildren().Any())
        {
            return names.Length > 0
                ? (names, null)
                : throw new ConfigurationException(
                    "No agent is configured. Give --agent-name, --stt, --llm and --tts (or AGENT_NAME, AGENT_STT, AGENT_LLM and AGENT_TTS), or --realtime (AGENT_REALTIME) in the place of the last three, "
                    + "a section Agents:NAME in appsettings.json, or call AddAgent.");
        }

        var named = section[NameKey] ?? names.Length switch
        {
            0 => "",
            1 => names[0],
            _ => throw new ConfigurationException(
                $"This worker has {names.Length} agents ({string.Join(", ", names)}), so that the section Agent, the AGENT_ variables and the agent options of the command line "
                + "need a name: give --agent-name (or AGENT_NAME)."),
        };
        return (names.Contains(named, StringComparer.Ordinal) ? names : [.. names, named], named);
    }
}
