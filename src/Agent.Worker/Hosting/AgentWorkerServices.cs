using Agent.Pipeline.Vad;
using Agent.Providers;
using Agent.Providers.Settings;
using Agent.Worker.Agents;
using Agent.Worker.Configuration;
using Agent.Worker.Health;
using Agent.Worker.Jobs;
using Agent.Worker.Supervision;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Agent.Worker.Hosting;

/// <summary>Adds a worker to a host that does other things too.</summary>
public static class AgentWorkerServices
{
    /// <summary>Adds the worker: it registers when the host starts and drains when it stops. Add agents by <see cref="AddAgent"/>.</summary>
    public static IServiceCollection AddAgentWorker(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(AgentConfiguration)))
            return services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<AgentConfiguration>();
        services.AddSingleton<IPostConfigureOptions<AgentOptions>>(provider => provider.GetRequiredService<AgentConfiguration>());
        services.AddSingleton<IValidateOptions<LiveKitOptions>, LiveKitOptionsValidator>();
        services.AddSettings<LiveKitOptions>(LiveKitOptions.Section).ValidateOnStart();
        services.AddSettings<WorkerOptions>(WorkerOptions.Section).ValidateOnStart();
        services.AddSettings<HealthOptions>(HealthOptions.Section).ValidateOnStart();
        services.AddSettings<NativeOptions>(NativeOptions.Section);
        services.AddSingleton(new SettingsSection(AgentConfiguration.ShortSection, typeof(AgentOptions)) { Also = [AgentConfiguration.NameKey] });
        services.AddSingleton(new SettingsSection(AgentConfiguration.Section, typeof(IDictionary<string, AgentOptions>)));
        services.AddSingleton<UnknownSettingsReport>();
        services.AddProviders();
        services.TryAddSingleton<IVoiceActivityModel>(provider =>
        {
            var native = provider.GetRequiredService<IOptions<NativeOptions>>().Value;
            return SileroModel.Load(native.SileroModel, native.OnnxRuntimeLibrary);
        });
        services.AddSingleton<TurnDetectorShelf>();
        services.AddSingleton<AgentRoster>();
        services.TryAddSingleton<IJobRooms, LiveKitJobRooms>();
        services.AddSingleton<JobRunner>();
        services.TryAddSingleton<IJobHost>(provider =>
            ActivatorUtilities.CreateInstance<InProcessJobHost>(provider, (Func<string, HostedAgent>)provider.GetRequiredService<AgentRoster>().Find));
        services.TryAddSingleton<IRegistrations, LiveKitRegistrations>();
        services.AddSingleton<Supervisor>();
        services.AddSingleton<IReadiness>(provider => provider.GetRequiredService<Supervisor>());
        // Answers before the worker is registered and until it has drained: the host stops in reverse order.
        services.AddHostedService<HealthServer>();
        services.AddHostedService(provider => provider.GetRequiredService<Supervisor>());
        return services;
    }

    /// <summary>Adds an agent that dispatches ask for by name.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="name">The name, e.g. <c>assistant</c>; empty joins every new room.</param>
    /// <param name="configure">Sets the agent up; configuration may override what it sets.</param>
    public static IServiceCollection AddAgent(this IServiceCollection services, string name, Action<AgentOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        services.AddAgentWorker();
        services.AddSingleton(new AgentName(name));
        if (configure is not null)
            services.Configure(name, configure);
        return services;
    }
}
