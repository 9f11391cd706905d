namespace Agent.Worker.CommandLine;

/// <summary>What the help says before the commands and the options.</summary>
internal static class HelpText
{
    internal const string Program =
        """
        Voice agents for a self-hosted LiveKit.

        The server and its keys come from LIVEKIT_URL, LIVEKIT_API_KEY and LIVEKIT_API_SECRET, vendors' keys from the
        vendors' usual variables (DEEPGRAM_API_KEY, OPENAI_API_KEY …, see docs/providers.md); keys are never taken from a command line. Everything else can be set in code, in
        appsettings.json, in the environment and on the command line; the later wins.

        Examples:
          Agent.Worker start --agent-name assistant --stt local/pocketsphinx --llm local/dialogue --tts local/flite:slt
          Agent.Worker start --agent-name assistant --stt "deepgram/nova-3, local/pocketsphinx" --llm openai/gpt-4.1-mini --tts openai/gpt-4o-mini-tts
        """;

    internal const string Start =
        "Register with LiveKit and run agents until stopped. SIGTERM or Ctrl-C finishes the running jobs first (--drain-timeout); a second Ctrl-C ends at once.";

    internal const string Replay =
        "Run a recorded conversation through the turn machine as it is now and print its course. Exit code 0: as recorded, 1: otherwise, 2: not readable.";

    internal const string Version = "Print the version and end.";
}
