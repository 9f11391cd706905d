using Agent.Pipeline.EndOfTurn;
using Agent.Pipeline.Realtime;
using Agent.Pipeline.Sessions;
using Agent.Pipeline.Sessions.Events;
using Agent.Pipeline.Speech;
using Agent.Worker.Jobs;
using Microsoft.Extensions.AI;

namespace Agent.Worker.Agents;

/// <summary>
/// One agent: what it is told, what it hears, thinks and speaks with. The same shape in C# (<c>AddAgent</c>) and in configuration
/// (section <c>Agents:NAME</c>, or <c>Agent</c> for the only one); configuration overrides code.
/// </summary>
public sealed class AgentOptions
{
    /// <summary>What the language model is told about its role, before anything else.</summary>
    /// <value>Default empty. Environment: <c>AGENT_INSTRUCTIONS</c>.</value>
    public string Instructions { get; set; } = "";

    /// <summary>What the agent says first; null lets the person begin.</summary>
    /// <value>Default null. Environment: <c>AGENT_GREETING</c>.</value>
    public string? Greeting { get; set; }

    /// <summary>The recogniser as <c>vendor/model[:variant]</c>, e.g. <c>local/pocketsphinx</c>.</summary>
    /// <value>Required unless <see cref="UseSpeechToText"/> was called. Environment: <c>AGENT_STT</c>.</value>
    public string SpeechToText { get; set; } = "";

    /// <summary>The language model as <c>vendor/model[:variant]</c>, e.g. <c>local/dialogue</c>.</summary>
    /// <value>Required unless <see cref="UseLanguageModel"/> was called. Environment: <c>AGENT_LLM</c>.</value>
    public string LanguageModel { get; set; } = "";

    /// <summary>The synthesizer as <c>vendor/model[:variant]</c>, e.g. <c>local/flite:slt</c>.</summary>
    /// <value>Required unless <see cref="UseTextToSpeech"/> was called. Environment: <c>AGENT_TTS</c>.</value>
    public string TextToSpeech { get; set; } = "";

    /// <summary>
    /// A speech-to-speech model as <c>vendor/model[:variant]</c>, e.g. <c>openai/gpt-realtime</c>: it hears and speaks itself, in the place of recogniser, language model and
    /// synthesizer. A recogniser beside it understands the user for captions and history, a synthesizer beside it says what code gives it to say.
    /// </summary>
    /// <value>Default empty: none. Environment: <c>AGENT_REALTIME</c>.</value>
    public string Realtime { get; set; } = "";

    /// <summary>
    /// What judges whether a person who pauses is done: <c>text</c> judges the words, <c>text:de</c> does so and takes the language named for that of words whose
    /// language the recogniser does not say, <c>onnx:PATH</c> judges the sound with a model of the smart-turn kind, <c>none</c> leaves it to silence.
    /// </summary>
    /// <value>Default empty: what <see cref="UseTurnDetector"/> gives, else <c>text</c>. Environment: <c>AGENT_TURN_DETECTOR</c>.</value>
    public string TurnDetector { get; set; } = "";

    /// <summary>
    /// What the agent says when an engine has failed and it would be silent otherwise; made when the worker starts, by its synthesizer, or
    /// by the speech-to-speech model that is its only voice, on a connection of its own. Empty: it is silent.
    /// </summary>
    /// <value>Default null: a sentence in the <see cref="FailureLanguage"/>. Environment: <c>AGENT_FAILURE_TEXT</c>.</value>
    public string? FailureText { get; set; }

    /// <summary>The language of the sentence where <see cref="FailureText"/> gives none: <c>de</c>, <c>en</c>, <c>es</c>, <c>fr</c>, <c>it</c>, <c>nl</c> or <c>pt</c>.</summary>
    /// <value>Default <c>en</c>. Environment: <c>AGENT_FAILURE_LANGUAGE</c>.</value>
    public string FailureLanguage { get; set; } = "en";

    /// <summary>A WAVE file, 16-bit mono PCM, 8 to 48 kHz, that is played in the place of the synthesizer's voice; <see cref="FailureText"/> are its words, for captions and history.</summary>
    /// <value>Default null. Environment: <c>AGENT_FAILURE_AUDIO</c>.</value>
    public string? FailureAudio { get; set; }

    /// <summary>How the agent's conversations behave: turn-taking, voice activity, time-outs.</summary>
    public SessionOptions Session { get; set; } = new();

    /// <summary>Functions that the language model may call; make them with <c>AIFunctionFactory.Create</c>.</summary>
    public IList<AITool> Tools { get; } = [];

    /// <summary>Called once somebody is there to talk to, after the <see cref="Greeting"/> was queued; the job fails if it throws.</summary>
    public Func<JobContext, CancellationToken, Task>? OnEnter { get; set; }

    /// <summary>Called for everything that happens in the agent's conversations, in order, from the conversation's own loop: it has to return at once and must not throw.</summary>
    public Action<JobDetails, SessionEvent>? OnEvent { get; set; }

    internal Func<IServiceProvider, ISpeechToText>? SpeechToTextFactory { get; private set; }

    internal Func<IServiceProvider, IChatClient>? LanguageModelFactory { get; private set; }

    internal Func<IServiceProvider, ITextToSpeech>? TextToSpeechFactory { get; private set; }

    internal Func<IServiceProvider, IRealtimeModel>? RealtimeFactory { get; private set; }

    internal Func<IServiceProvider, ITurnDetector?>? TurnDetectorFactory { get; private set; }

    /// <summary>Uses a turn detector of your own, or none; called once, when the worker starts. A configured <see cref="TurnDetector"/> goes before it.</summary>
    public void UseTurnDetector(Func<IServiceProvider, ITurnDetector?> create) => TurnDetectorFactory = create;

    /// <summary>Uses a speech-to-speech model of your own; called once, when the worker starts. A configured <see cref="Realtime"/> goes before it.</summary>
    public void UseRealtime(Func<IServiceProvider, IRealtimeModel> create) => RealtimeFactory = create;

    /// <summary>Uses a recogniser of your own; called once, when the worker starts. A configured <see cref="SpeechToText"/> goes before it.</summary>
    public void UseSpeechToText(Func<IServiceProvider, ISpeechToText> create) => SpeechToTextFactory = create;

    /// <summary>Uses a language model of your own; called once, when the worker starts. A configured <see cref="LanguageModel"/> goes before it.</summary>
    public void UseLanguageModel(Func<IServiceProvider, IChatClient> create) => LanguageModelFactory = create;

    /// <summary>Uses a synthesizer of your own; called once, when the worker starts. A configured <see cref="TextToSpeech"/> goes before it.</summary>
    public void UseTextToSpeech(Func<IServiceProvider, ITextToSpeech> create) => TextToSpeechFactory = create;
}
