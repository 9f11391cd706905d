using Agent.Pipeline.EndOfTurn;
using Agent.Pipeline.Errors;
using Agent.Pipeline.Realtime;
using Agent.Pipeline.Sessions;
using Agent.Pipeline.Speech;
using Agent.Pipeline.Vad;
using Agent.Providers.Catalog;
using Agent.Providers.Settings;
using Microsoft.Extensions.Options;

namespace Agent.Worker.Agents;

/// <summary>The agents of this worker with their engines, made once, when the worker starts.</summary>
internal sealed class AgentRoster(
    AgentConfiguration configuration,
    IOptionsMonitor<AgentOptions> options,
    ProviderCatalog providers,
    TurnDetectorShelf detectors,
    IServiceProvider services) : IAsyncDisposable
{
    private readonly Dictionary<string, HostedAgent> _agents = new(StringComparer.Ordinal);

    private readonly List<FailureSpeech> _failures = [];

    /// <summary>All agents; empty before <see cref="Load"/>.</summary>
    internal IReadOnlyCollection<HostedAgent> Agents => _agents.Values;

    /// <summary>Makes every agent's engines, so that what is missing shows now and not in a call.</summary>
    /// <exception cref="ConfigurationException">A setting is missing or wrong, or an engine cannot be made.</exception>
    internal void Load()
    {
        foreach (var name in configuration.Names)
            _agents[name] = Make(name);
    }

    /// <summary>Ends what is still being made of the agents.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var speech in _failures)
            await speech.DisposeAsync();
    }

    internal HostedAgent Find(string name) =>
        _agents.TryGetValue(name, out var agent) ? agent : throw new AgentException($"This worker has no agent '{name}'.");

    private HostedAgent Make(string name)
    {
        var agent = options.Get(name);
        var section = name.Length > 0 ? $"{AgentConfiguration.Section}:{name}" : AgentConfiguration.ShortSection;
        if (SettingsCheck.Failures(agent.Session, $"{section}:{nameof(agent.Session)}").ToList() is { Count: > 0 } failures)
            throw new ConfigurationException(string.Join(" ", failures));
        var definition = new AgentDefinition
        {
            Instructions = agent.Instructions,
            Greeting = agent.Greeting,
            Tools = [.. agent.Tools],
            VoiceActivity = services.GetRequiredService<IVoiceActivityModel>(),
        };
        definition = Realtime(agent) is { } realtime ? WithRealtime(definition, name, agent, realtime) : WithCascade(definition, name, agent);
        var hosted = new HostedAgent(name, definition with { FailureSpeech = Failure(name, agent, definition) }, agent.Session, agent.OnEnter, agent.OnEvent);
        return agent.LanguageModel.Length > 0 ? hosted with { LanguageModelName = agent.LanguageModel } : hosted;
    }

    private FailureSpeech? Failure(string name, AgentOptions agent, AgentDefinition definition)
    {
        if (agent.FailureText is null && !FailureSpeech.Languages.Contains(agent.FailureLanguage.Split('-')[0], StringComparer.OrdinalIgnoreCase))
        {
            throw new ConfigurationException(
                $"The agent{Named(name)} is to say in the language '{agent.FailureLanguage}' that it has failed (FailureLanguage, AGENT_FAILURE_LANGUAGE); there are sentences in {string.Join(", ", FailureSpeech.Languages)}. Give another in FailureText (AGENT_FAILURE_TEXT).");
        }

        var text = agent.FailureText ?? FailureSpeech.Sentence(agent.FailureLanguage);
        if (agent.FailureAudio is { Length: > 0 } file)
            return new FailureSpeech(RecordedSpeech.FromFile(file, text));
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var (time, loggers) = (services.GetService<TimeProvider>(), services.GetService<ILoggerFactory>());
        FailureSpeech speech;
        if (definition.TextToSpeech is { } voice)
            speech = new FailureSpeech(text, voice, time, loggers);
        else if (definition.RealtimeModel is { Capabilities.SpeaksGivenText: true } model)
            speech = new FailureSpeech(text, model, time, loggers);
        else
            return null;
        _failures.Add(speech);
        return speech;
    }

    private AgentDefinition WithCascade(AgentDefinition definition, string name, AgentOptions agent) => definition with
    {
        SpeechToText = Engine(name, "recogniser", nameof(agent.SpeechToText), "--stt", agent.SpeechToText, agent.SpeechToTextFactory, providers.GetSpeechToText),
        LanguageModel = Engine(name, "language model", nameof(agent.LanguageModel), "--llm", agent.LanguageModel, agent.LanguageModelFactory, providers.GetLanguageModel),
        TextToSpeech = Engine(name, "synthesizer", nameof(agent.TextToSpeech), "--tts", agent.TextToSpeech, agent.TextToSpeechFactory, providers.GetTextToSpeech),
        TurnDetector = Detector(name, agent),
    };

    private AgentDefinition WithRealtime(AgentDefinition definition, string name, AgentOptions agent, IRealtimeModel realtime)
    {
        if (agent.LanguageModel.Length > 0)
        {
            throw new ConfigurationException(
                $"The agent{Named(name)} has the language model '{agent.LanguageModel}' and the speech-to-speech model '{realtime.Name}', which both decide what to say: leave out --llm (AGENT_LLM) or --realtime (AGENT_REALTIME).");
        }

        return definition with
        {
            RealtimeModel = realtime,
            SpeechToText = Beside(agent.SpeechToText, agent.SpeechToTextFactory, providers.GetSpeechToText),
            TextToSpeech = Beside(agent.TextToSpeech, agent.TextToSpeechFactory, providers.GetTextToSpeech),

            // It ends turns itself unless the agent is told otherwise.
            TurnDetector = agent is { TurnDetector: "", TurnDetectorFactory: null } ? null : Detector(name, agent),
        };
    }

    private IRealtimeModel? Realtime(AgentOptions agent) => Beside(agent.Realtime, agent.RealtimeFactory, providers.GetRealtimeModel);

    private TEngine? Beside<TEngine>(string provider, Func<IServiceProvider, TEngine>? create, Func<string, TEngine> find)
        where TEngine : class => provider.Length > 0 ? find(provider) : create?.Invoke(services);

    private ITurnDetector? Detector(string name, AgentOptions agent) =>
        agent is { TurnDetector: "", TurnDetectorFactory: { } create } ? create(services) : detectors.Get(name, agent.TurnDetector);

    private TEngine Engine<TEngine>(
        string agent, string what, string setting, string option, string provider, Func<IServiceProvider, TEngine>? create, Func<string, TEngine> find)
    {
        if (provider.Length > 0)
            return find(provider);
        return create is not null
            ? create(services)
            : throw new ConfigurationException(
                $"The agent{Named(agent)} has no {what}: set {option} (AGENT_{option[2..].ToUpperInvariant()}, or {setting} in the agent's section) to a provider such as {Example(setting)}.");
    }

    private static string Named(string agent) => agent.Length > 0 ? $" '{agent}'" : "";

    private static string Example(string setting) => setting switch
    {
        nameof(AgentOptions.SpeechToText) => "local/pocketsphinx",
        nameof(AgentOptions.LanguageModel) => "local/dialogue",
        _ => "local/flite:slt",
    };
}
