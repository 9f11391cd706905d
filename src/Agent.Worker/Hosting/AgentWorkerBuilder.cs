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

    internal AgentWorkerBuilder(WorkerCommandLine commandLine)
    {
        _commandLine = commandLine;
        var hostConfiguration = new ConfigurationManager();
        hostConfiguration["hostBuilder:reloadConfigOnChange"] = "false";
        _host = new HostApplicationBuilder(new HostApplicationBuilderSettings { Configuration = hostConfiguration });
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

    /// <summary>Builds the worker.</summary>
    public AgentWorker Build() => new(_host.Build(), _commandLine);

    /// <inheritdoc/>
    void IHostApplicationBuilder.ConfigureContainer<TContainerBuilder>(
        IServiceProviderFactory<TContainerBuilder> factory, Action<TContainerBuilder>? configure) =>
        _host.ConfigureContainer(factory, configure);
}
