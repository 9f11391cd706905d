namespace Agent.Tests.Deploy;

/// <summary>One instruction of a Dockerfile, its lines joined.</summary>
internal sealed record DockerInstruction(string Name, string Arguments)
{
    /// <summary>The words after the options.</summary>
    internal string[] Words => [.. Split().Where(word => !word.StartsWith("--", StringComparison.Ordinal))];

    internal string? Option(string name) =>
        Split().FirstOrDefault(word => word.StartsWith($"--{name}=", StringComparison.Ordinal))?.Split('=', 2)[1];

    private string[] Split() => Arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
