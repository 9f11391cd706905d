namespace Agent.Worker.CommandLine;

/// <summary>Which configuration keys hold secrets.</summary>
internal static class SecretKeys
{
    private static readonly string[] s_endings = ["Key", "Secret", "Token", "Password", "ConnectionString"];

    internal static bool Contains(string key) =>
        s_endings.Any(ending => key.Replace("_", "", StringComparison.Ordinal).EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}
