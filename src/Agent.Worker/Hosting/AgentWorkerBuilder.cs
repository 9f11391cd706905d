using Agent.Worker.Agents;
using Agent.Worker.CommandLine;
using Agent.Worker.Configuration;
using Microsoft.Extensions.Diagnostics.Metrics;

namespace Agent.Worker.Hosting;

/// <summary>Composes a worker: agents, services, configuration, logging. Made by <see cref="AgentWorker.CreateBuilder"/>.</summary>
public sealed class AgentWorkerBuilder : IHostApplicationBuilder
{
    private readonly HostApplicationBuilder _host;
    private readonly WorkerCommandLine _commandLine;
    private readonly Exception? _unreadable;

    internal AgentWorkerBuilder(WorkerCommandLine commandLine)
    {
        _commandLine = commandLine;
        (_host, _unreadable) = Open();
        Configuration.Sources.Insert(0, LoggingDefaults.Source);
        Configuration.Add<NamedEnvironmentVariables>(_ => { });
        Configuration.AddInMemoryCollection(commandLine.Settings);
        Logging.AddSimpleConsole();
        Services.AddAgentWorker();
    }

    /// <summary>The host's services; your tools' dependencies go here.</summary>
    public IServiceCollection Services => _host.Services;

    /// <summary>The configuration, later sources over earlier ones: appsettings.json, environment, command line.</summary>
    public IConfigurationManager Configuration => _host.Configuration;

    /// <summary>The logging.</summary>
    public ILoggingBuilder Logging => _host.Logging;

    /// <summary>The environment's name and content root.</summary>
    public IHostEnvironment Environment => _host.Environment;

    /// <summary>The metrics.</summary>
    public IMetricsBuilder Metrics => _host.Metrics;

    /// <inheritdoc/>
    IDictionary<object, object> IHostApplicationBuilder.Properties => ((IHostApplicationBuilder)_host).Properties;

    /// <summary>Adds an agent that dispatches ask for by name.</summary>
    /// <param name="name">The name, e.g. <c>assistant</c>; empty joins every new room.</param>
    /// <param name="configure">Sets the agent up; configuration may override what it sets.</param>
    /// <returns>This builder.</returns>
    public AgentWorkerBuilder AddAgent(string name, Action<AgentOptions>? configure = null)
    {
        Services.AddAgent(name, configure);
        return this;
    }

    /// <summary>Builds the worker. A configuration that cannot be read is an error of its start, where errors of the other settings are, too.</summary>
    public AgentWorker Build() => (_unreadable ?? LogLevels.Check(Configuration)) is { } failure
        ? new(Empty().Build(), _commandLine, failure)
        : new(_host.Build(), _commandLine);

    private static (HostApplicationBuilder Host, Exception? Unreadable) Open()
    {
        var configuration = new ConfigurationManager();
        configuration["hostBuilder:reloadConfigOnChange"] = "false";
        try
        {
            return (new HostApplicationBuilder(new HostApplicationBuilderSettings { Configuration = configuration }), null);
        }
        catch (InvalidDataException e)
        {
            return (Empty(), e);
        }
    }

    private static HostApplicationBuilder Empty() => new(new HostApplicationBuilderSettings { DisableDefaults = true });

    /// <inheritdoc/>
    void IHostApplicationBuilder.ConfigureContainer<TContainerBuilder>(
        IServiceProviderFactory<TContainerBuilder> factory, Action<TContainerBuilder>? configure) =>
        _host.ConfigureContainer(factory, configure);
}
