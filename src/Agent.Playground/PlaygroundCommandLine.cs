using System.CommandLine;

namespace Agent.Playground;

/// <summary>The command line of <c>./run</c>.</summary>
internal static class PlaygroundCommandLine
{
    private static readonly Option<bool> s_check = new("--check") { Description = "Hold a spoken conversation without a person, print it with its latencies, and end: 0 if it went well." };
    private static readonly Option<bool> s_json = new("--json") { Description = "With --check: print the report as JSON." };
    private static readonly Option<int?> s_port = Port("--port", "The port of the embedded server; default 7880, with --check any free one.");
    private static readonly Option<int?> s_webPort = Port("--web-port", "The port of the page; default 8080.");
    private static readonly Option<bool> s_verbose = new("--verbose") { Description = "Print the whole log." };

    private static readonly RootCommand s_root = new(
        """
        Talk to a voice agent on this machine: a LiveKit-compatible server, a worker with the agent 'assistant', and a page.

        With LIVEKIT_URL, LIVEKIT_API_KEY and LIVEKIT_API_SECRET set, that server is used instead of the embedded one.
        AGENT_STT, AGENT_LLM, AGENT_TTS, AGENT_INSTRUCTIONS and AGENT_GREETING change the agent.
        """)
    {
        s_check, s_json, s_port, s_webPort, s_verbose,
    };

    /// <returns>What to do, or null when the arguments asked for no more than help; then <paramref name="exitCode"/> is the program's.</returns>
    internal static PlaygroundOptions? Parse(IReadOnlyList<string> args, out int exitCode)
    {
        s_root.SetAction(_ => 0);
        var result = s_root.Parse(args);
        if (result.Errors.Count > 0)
        {
            Console.Error.WriteLine($"error: {string.Join(" ", result.Errors.Select(error => error.Message))} Try --help.");
            exitCode = 2;
            return null;
        }

        if (result.Action != s_root.Action)
        {
            exitCode = result.Invoke();
            return null;
        }

        exitCode = 0;
        var check = result.GetValue(s_check);
        return new()
        {
            Check = check,
            Json = result.GetValue(s_json),
            Port = result.GetValue(s_port) ?? (check ? 0 : 7880),
            WebPort = result.GetValue(s_webPort) ?? 8080,
            Verbose = result.GetValue(s_verbose),
        };
    }

    private static Option<int?> Port(string name, string description)
    {
        var option = new Option<int?>(name) { HelpName = "PORT", Description = description };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && (!int.TryParse(text, out var port) || port is < 0 or > 65_535))
                result.AddError($"{name} is '{text}'; it has to be a number from 0 to 65,535.");
        });
        return option;
    }
}
