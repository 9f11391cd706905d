namespace Agent.LoopbackVendors.Serving;

/// <summary>The names by which faults, latencies and requests are told apart. A vendor's name alone stands for all of its endpoints.</summary>
public static class Endpoints
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "anthropic/messages",
        "assemblyai/stream",
        "azure/recognition", "azure/synthesis",
        "azure-openai/chat", "azure-openai/responses",
        "compatible/chat",
        "deepgram/listen", "deepgram/flux", "deepgram/speak",
        "elevenlabs/speak", "elevenlabs/stream",
        "openai/chat", "openai/responses", "openai/realtime", "openai/realtime-transcription", "openai/transcriptions", "openai/speech", "openai/models",
    ];

    /// <summary>Whether there is an endpoint or a vendor of that name.</summary>
    public static bool Contains(string name) =>
        All.Any(endpoint => endpoint.Equals(name, StringComparison.OrdinalIgnoreCase) || endpoint.Split('/')[0].Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>What to say to somebody who names another.</summary>
    public static string NotOne(string name) => $"There is no endpoint '{name}'. There are: {string.Join(", ", All)}; a vendor's name alone stands for all of its endpoints.";

    /// <summary>Finds a name that is mistyped before nothing happens because of it.</summary>
    /// <exception cref="ArgumentException">There is no such endpoint or vendor.</exception>
    internal static void Require(string name)
    {
        if (!Contains(name))
            throw new ArgumentException(NotOne(name), nameof(name));
    }
}
