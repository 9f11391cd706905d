namespace Agent.LoopbackVendors.CommandLine;

/// <summary>The environment of a worker that uses the loopback vendors; each line can be pasted into a shell.</summary>
public static class EnvironmentLines
{
    /// <summary>The variables and their values.</summary>
    public static IReadOnlyDictionary<string, string> Variables(Uri address)
    {
        var http = address.ToString().TrimEnd('/');
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["DEEPGRAM_API_KEY"] = "loopback",
            ["DEEPGRAM_BASE_URL"] = http,
            ["ASSEMBLYAI_API_KEY"] = "loopback",
            ["ASSEMBLYAI_BASE_URL"] = http,
            ["ELEVENLABS_API_KEY"] = "loopback",
            ["ELEVENLABS_BASE_URL"] = http,
            ["OPENAI_API_KEY"] = "loopback",
            ["OPENAI_BASE_URL"] = $"{http}/v1",
            ["AZURE_OPENAI_API_KEY"] = "loopback",
            ["AZURE_OPENAI_ENDPOINT"] = http,
            ["ANTHROPIC_API_KEY"] = "loopback",
            ["ANTHROPIC_BASE_URL"] = http,
            ["AZURE_SPEECH_KEY"] = "loopback",
            ["AZURE_SPEECH_ENDPOINT"] = http,
        };
    }

    /// <summary>The same as lines of a shell.</summary>
    public static IEnumerable<string> For(Uri address) => Variables(address).Select(variable => $"export {variable.Key}={variable.Value}");
}
