using System.Reflection;
using System.Text.RegularExpressions;
using Agent.Worker.Agents;
using Agent.Worker.Configuration;

namespace Agent.Tests.Tools;

/// <summary>Which settings and environment variables a worker knows, read off its options.</summary>
internal static partial class WorkerSettings
{
    // Read by the runtime, the C library and the room library's cache, not by the worker's configuration.
    private static readonly string[] s_others = ["DOTNET_RUNNING_IN_CONTAINER", "XDG_CACHE_HOME", "TZ"];

    private static readonly HashSet<string> s_keys = new(Keys(), StringComparer.OrdinalIgnoreCase);

    internal static bool KnowsVariable(string name) =>
        EnvironmentVariableMap.Keys.ContainsKey(name) || s_others.Contains(name, StringComparer.Ordinal) || KnowsKey(name.Replace("__", ":", StringComparison.Ordinal));

    internal static bool KnowsKey(string key) =>
        key.StartsWith("Logging:", StringComparison.OrdinalIgnoreCase) || s_keys.Contains(AgentName().Replace(key, "Agents:*:"));

    internal static bool LooksSecret(string name) => Secret().IsMatch(name);

    private static IEnumerable<string> Keys()
    {
        foreach (var type in typeof(WorkerOptions).Assembly.GetTypes().Where(type => type.GetField("Section")?.IsLiteral == true))
        {
            foreach (var property in Settable(type))
                yield return $"{type.GetField("Section")!.GetRawConstantValue()}:{property}";
        }

        foreach (var property in Settable(typeof(AgentOptions)))
        {
            yield return $"Agent:{property}";
            yield return $"Agents:*:{property}";
        }

        yield return "Agent:Name";
    }

    private static IEnumerable<string> Settable(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.SetMethod?.IsPublic == true).Select(property => property.Name);

    [GeneratedRegex("^Agents:[^:]+:", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AgentName();

    [GeneratedRegex("(key|secret|token|password|connectionstring)$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Secret();
}
