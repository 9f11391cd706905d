namespace Agent.Worker.Configuration;

/// <summary>Environment variables that have a name of their own, beside the general <c>Section__Name</c> form.</summary>
internal static class EnvironmentVariableMap
{
    internal static readonly IReadOnlyDictionary<string, string> Keys = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["LIVEKIT_URL"] = "LiveKit:Url",
        ["LIVEKIT_API_KEY"] = "LiveKit:ApiKey",
        ["LIVEKIT_API_SECRET"] = "LiveKit:ApiSecret",
        ["AGENT_NAME"] = "Agent:Name",
        ["AGENT_INSTRUCTIONS"] = "Agent:Instructions",
        ["AGENT_GREETING"] = "Agent:Greeting",
        ["AGENT_FAILURE_TEXT"] = "Agent:FailureText",
        ["AGENT_FAILURE_LANGUAGE"] = "Agent:FailureLanguage",
        ["AGENT_FAILURE_AUDIO"] = "Agent:FailureAudio",
        ["AGENT_STT"] = "Agent:SpeechToText",
        ["AGENT_LLM"] = "Agent:LanguageModel",
        ["AGENT_TTS"] = "Agent:TextToSpeech",
        ["AGENT_REALTIME"] = "Agent:Realtime",
        ["AGENT_TURN_DETECTOR"] = "Agent:TurnDetector",
    };
}
