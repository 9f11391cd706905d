using Agent.DevServer;
using Agent.LiveKit.Api;
using Agent.Pipeline.Errors;
using Agent.Pipeline.Sessions.Events;
using Agent.Worker.Hosting;
using Agent.Worker.Jobs;

namespace Agent.Playground;

/// <summary>Everything that a conversation needs on this machine: a server, unless one is configured, and a worker with one agent.</summary>
internal sealed class LocalStack : IAsyncDisposable
{
    /// <summary>The agent's name, unless <c>AGENT_NAME</c> gives it another.</summary>
    internal const string DefaultAgent = "assistant";

    private static readonly string[] s_variables = [LiveKitServer.UrlVariable, LiveKitServer.ApiKeyVariable, LiveKitServer.ApiSecretVariable];

    private readonly EmbeddedServer? _embedded;
    private readonly AgentWorker _worker;

    private LocalStack(EmbeddedServer? embedded, LiveKitServer server, AgentWorker worker, string agentName)
    {
        _embedded = embedded;
        _worker = worker;
        Server = server;
        AgentName = agentName;
    }

    /// <summary>The server that carries the conversations.</summary>
    internal LiveKitServer Server { get; }

    /// <summary>Whether the server is the embedded one.</summary>
    internal bool IsEmbedded => _embedded is not null;

    /// <summary>The agent's name.</summary>
    internal string AgentName { get; }

    /// <summary>The worker's services.</summary>
    internal IServiceProvider Services => _worker.Services;

    /// <summary>Starts the server and the worker; returns when the worker is registered.</summary>
    /// <exception cref="AgentException">Something is missing, wrong or in use.</exception>
    internal static async Task<LocalStack> StartAsync(
        PlaygroundOptions options, Action<JobDetails, SessionEvent>? onEvent, CancellationToken cancellationToken)
    {
        var agentName = Environment.GetEnvironmentVariable("AGENT_NAME") is { Length: > 0 } name ? name : DefaultAgent;
        var embedded = s_variables.All(variable => string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable)))
            ? await StartServerAsync(options, cancellationToken)
            : null;
        try
        {
            var server = embedded is null
                ? LiveKitServer.FromEnvironment()
                : new LiveKitServer(embedded.Url.ToString(), EmbeddedServerOptions.DevelopmentKey, EmbeddedServerOptions.DevelopmentSecret);
            var worker = BuildWorker(options, server, agentName, onEvent);
            try
            {
                await worker.StartAsync(cancellationToken);
                return new(embedded, server, worker, agentName);
            }
            catch
            {
                worker.Dispose();
                throw;
            }
        }
        catch
        {
            if (embedded is not null)
                await embedded.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _worker.StopAsync();
        _worker.Dispose();
        if (_embedded is not null)
            await _embedded.DisposeAsync();
    }

    private static async Task<EmbeddedServer> StartServerAsync(PlaygroundOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await EmbeddedServer.StartAsync(
                new EmbeddedServerOptions { Port = options.Port, MediaPort = options.Check ? 0 : 7882 },
                cancellationToken: cancellationToken);
        }
        catch (EmbeddedServerException exception)
        {
            throw new ConfigurationException(exception.Message, exception);
        }
    }

    private static AgentWorker BuildWorker(
        PlaygroundOptions options, LiveKitServer server, string agentName, Action<JobDetails, SessionEvent>? onEvent)
    {
        var builder = AgentWorker.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["LiveKit:Url"] = server.WebSocketUrl.ToString(),
            ["LiveKit:ApiKey"] = server.ApiKey,
            ["LiveKit:ApiSecret"] = server.ApiSecret,
            // Whoever runs it is in the conversation and has just left it.
            ["Worker:DrainTimeout"] = "00:00:00",
            ["Health:Enabled"] = "false",
        });
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = options.Check ? LogLevel.Trace : LogLevel.Error);
        if (!options.Verbose)
            builder.Logging.AddFilter(level => level >= LogLevel.Warning);
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.AddAgent(agentName, agent =>
        {
            agent.Instructions = "You are a friendly assistant in a spoken conversation. Answer in one or two short sentences.";
            agent.Greeting = "Hello! I am your assistant. How can I help you?";
            agent.SpeechToText = "local/pocketsphinx";
            agent.LanguageModel = "local/dialogue";
            agent.TextToSpeech = "local/flite:rms";
            agent.OnEvent = onEvent;
        });
        return builder.Build();
    }
}
