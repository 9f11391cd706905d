using Agent.Pipeline.EndOfTurn;
using Agent.Pipeline.Realtime;
using Agent.Pipeline.Speech;
using Agent.Pipeline.Vad;
using Microsoft.Extensions.AI;

namespace Agent.Pipeline.Sessions;

/// <summary>What an agent is: its instructions, its engines and its tools. Immutable; one definition serves any number of sessions.</summary>
public sealed record AgentDefinition
{
    /// <summary>What the model is told about its part; may be empty.</summary>
    public string Instructions { get; init; } = "";

    /// <summary>What the agent says first, as soon as somebody is linked; null says nothing.</summary>
    public string? Greeting { get; init; }

    /// <summary>Tells speech from everything else.</summary>
    public required IVoiceActivityModel VoiceActivity { get; init; }

    /// <summary>Judges whether a user who has paused is done; null leaves it to silence.</summary>
    public ITurnDetector? TurnDetector { get; init; }

    /// <summary>Turns speech into text. Beside a <see cref="RealtimeModel"/> it may be null; otherwise it understands the user in the model's place, for captions and history.</summary>
    public ISpeechToText? SpeechToText { get; init; }

    /// <summary>Decides what to say; null with a <see cref="RealtimeModel"/>.</summary>
    public IChatClient? LanguageModel { get; init; }

    /// <summary>Turns text into speech. Beside a <see cref="RealtimeModel"/> it may be null; otherwise it says what the application gives it to say.</summary>
    public ITextToSpeech? TextToSpeech { get; init; }

    /// <summary>Hears the user and speaks itself, in the place of recogniser, language model and synthesizer; null where the agent has those three.</summary>
    public IRealtimeModel? RealtimeModel { get; init; }

    /// <summary>What the agent says when an engine has failed and it would be silent otherwise; null is silent. Stays the caller's.</summary>
    public FailureSpeech? FailureSpeech { get; init; }

    /// <summary>What the model may call; those that are an <see cref="AIFunction"/> are run here, others are the provider's.</summary>
    public IReadOnlyList<AITool> Tools { get; init; } = [];

    /// <summary>Further settings for the model (temperature, model name …); instructions and tools of this definition are added to a copy.</summary>
    public ChatOptions? ChatOptions { get; init; }
}
