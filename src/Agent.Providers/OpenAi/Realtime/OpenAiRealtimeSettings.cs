using Agent.Pipeline.History;
using Agent.Pipeline.Realtime;
using Agent.Providers.OpenAi.Realtime.Wire;
using Microsoft.Extensions.AI;

namespace Agent.Providers.OpenAi.Realtime;

/// <summary>Says in the vendor's terms what a session wants.</summary>
/// <param name="name">The provider's name as configured.</param>
/// <param name="voice">The voice.</param>
/// <param name="options">The settings.</param>
internal sealed class OpenAiRealtimeSettings(string name, string voice, OpenAiRealtimeOptions options)
{
    public string Name => name;

    public RealtimeSessionSettings Session(RealtimeSetup setup) => new()
    {
        OutputModalities = ["audio"],
        Instructions = setup.Instructions.Length > 0 ? setup.Instructions : null,
        Tools = [.. setup.Tools.OfType<AIFunctionDeclaration>().Select(tool => new RealtimeFunctionTool(tool.Name, tool.Description, tool.JsonSchema))],
        Audio = new RealtimeSessionAudio(
            new RealtimeAudioInput
            {
                NoiseReduction = options.NoiseReduction is { } reduction ? new RealtimeNoiseReduction(reduction) : null,
                Transcription = setup.Transcribes ? new RealtimeInputTranscription(options.TranscriptionModel, options.Language) : null,
                TurnDetection = setup.EndsTurns ? TurnDetection() : null,
            },
            new RealtimeAudioOutput(voice) { Speed = options.Speed }),
    };

    public static ResponseParameters Response(RealtimeRequest request, string sessionInstructions) => request.Text is { } text
        ? new ResponseParameters
        {
            // Without the conversation there is nothing that could be answered instead.
            Input = [],
            Instructions = $"Say the following text, word for word and in its language. Add nothing, leave nothing out, and do not answer it:\n\n{text}",
            ToolChoice = new RealtimeToolChoice("none"),
        }
        : new ResponseParameters
        {
            Instructions = request.Instructions is not { } instructions ? null
                : sessionInstructions.Length == 0 ? instructions
                : $"{sessionInstructions}\n\n{instructions}",
            ToolChoice = Choice(request.ToolMode),
        };

    public static IEnumerable<RealtimeItem> Items(HistoryItem item) => item switch
    {
        UserMessage message => [new RealtimeItem("message") { Role = "user", Content = [new RealtimeContent("input_text", message.Text)] }],
        AgentMessage message => [new RealtimeItem("message") { Role = "assistant", Content = [new RealtimeContent("output_text", message.Text)] }],
        ToolCall call =>
        [
            new RealtimeItem("function_call") { CallId = call.Id, Name = call.Name, Arguments = ToolText.Write(call.Arguments) },
            new RealtimeItem("function_call_output") { CallId = call.Id, Output = ToolText.Write(call.Result) },
        ],
        _ => [],
    };

    private static RealtimeToolChoice? Choice(ChatToolMode? mode) => mode switch
    {
        NoneChatToolMode => new RealtimeToolChoice("none"),
        RequiredChatToolMode { RequiredFunctionName: { } function } => new RealtimeToolChoice("function", function),
        RequiredChatToolMode => new RealtimeToolChoice("required"),
        AutoChatToolMode => new RealtimeToolChoice("auto"),
        _ => null,
    };

    private RealtimeTurnDetection TurnDetection() => options.TurnDetection == "server_vad"
        ? new RealtimeTurnDetection("server_vad") { SilenceDurationMs = (int)options.SilenceDuration.TotalMilliseconds }
        : new RealtimeTurnDetection("semantic_vad") { Eagerness = options.Eagerness };
}
