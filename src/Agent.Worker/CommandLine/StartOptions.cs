using System.CommandLine;
using System.CommandLine.Parsing;

namespace Agent.Worker.CommandLine;

/// <summary>The options of <c>start</c>: each is a configuration key with a shorter name.</summary>
internal static class StartOptions
{
    private static readonly (Option<string> Option, string Key)[] s_keyed =
    [
        Keyed("--agent-name", "NAME", "Agent:Name", "The name that dispatches ask for; without one the agent joins every new room. [AGENT_NAME]"),
        Keyed("--stt", "PROVIDER", "Agent:SpeechToText", "The recogniser as vendor/model[:variant], e.g. deepgram/nova-3 or local/pocketsphinx; several, separated by commas, stand in for one another, here as below. [AGENT_STT]"),
        Keyed("--llm", "PROVIDER", "Agent:LanguageModel", "The language model, e.g. openai/gpt-4.1-mini or local/dialogue. [AGENT_LLM]"),
        Keyed("--tts", "PROVIDER", "Agent:TextToSpeech", "The synthesizer, e.g. elevenlabs/eleven_flash_v2_5 or local/flite:slt. [AGENT_TTS]"),
        Keyed("--realtime", "PROVIDER", "Agent:Realtime", "A speech-to-speech model in the place of all three, e.g. openai/gpt-realtime; --stt and --tts may stand beside it. [AGENT_REALTIME]"),
        Keyed("--turn-detector", "DETECTOR", "Agent:TurnDetector", "Who judges whether a person who pauses is done: text, text:LANGUAGE, onnx:PATH, or none for silence alone; default text. [AGENT_TURN_DETECTOR]"),
        Keyed("--instructions", "TEXT", "Agent:Instructions", "What the language model is told about its role. [AGENT_INSTRUCTIONS]"),
        Keyed("--greeting", "TEXT", "Agent:Greeting", "What the agent says first. [AGENT_GREETING]"),
        Keyed("--url", "URL", "LiveKit:Url", "The LiveKit server, e.g. wss://livekit.example.com. [LIVEKIT_URL]"),
        Keyed("--max-jobs", "N", "Worker:MaxJobs", "Jobs at the same time, 1 to 10,000; default 25."),
        Keyed("--drain-timeout", "TIME", "Worker:DrainTimeout", "How long jobs may go on after SIGTERM, as hh:mm:ss; default 00:30:00."),
        Keyed("--health-address", "IP", "Health:Address", "Where /healthz/live and /healthz/ready answer; default 127.0.0.1, in a container 0.0.0.0."),
        Keyed("--health-port", "PORT", "Health:Port", "Their port; default 8081, 0 lets the system choose."),
        Keyed("--log-level", "LEVEL", "Logging:LogLevel:Default", "Trace, Debug, Information, Warning, Error or None; default Information."),
    ];

    private static readonly Option<string[]> s_set = Set();

    internal static IEnumerable<Option> All => [.. s_keyed.Select(keyed => keyed.Option), s_set];

    internal static void Read(ParseResult result, Dictionary<string, string?> settings)
    {
        foreach (var assignment in result.GetValue(s_set) ?? [])
        {
            var equals = assignment.IndexOf('=', StringComparison.Ordinal);
            settings[assignment[..equals]] = assignment[(equals + 1)..];
        }

        foreach (var (option, key) in s_keyed)
        {
            if (result.GetValue(option) is { } value)
                settings[key] = value;
        }
    }

    private static (Option<string> Option, string Key) Keyed(string name, string help, string key, string description) =>
        (new Option<string>(name) { HelpName = help, Description = description }, key);

    private static Option<string[]> Set()
    {
        var option = new Option<string[]>("--set")
        {
            HelpName = "KEY=VALUE",
            Description = "Any other setting, e.g. --set Worker:ParticipantWait=00:01:00; may be repeated. See docs/configuration.md.",
        };
        option.Validators.Add(Validate);
        return option;
    }

    private static void Validate(OptionResult result)
    {
        foreach (var assignment in result.Tokens.Select(token => token.Value))
        {
            var key = assignment.Split('=', 2)[0];
            // The value may be a secret and is never repeated.
            if (key.Length == 0 || key.Length == assignment.Length)
                result.AddError($"--set takes KEY=VALUE, but there is no '=' after '{key}'.");
            else if (SecretKeys.Contains(key))
                result.AddError($"'{key}' is a secret; a command line can be read by every user of the machine. Set it in the environment instead.");
        }
    }
}
