using Agent.LiveKit.Worker;

namespace Agent.Worker.Supervision;

/// <summary>Makes registrations with the configured server.</summary>
internal interface IRegistrations
{
    /// <summary>Prepares one agent's registration; nothing is connected yet.</summary>
    /// <exception cref="Pipeline.Errors.ConfigurationException">A setting is wrong.</exception>
    IRegistration Create(string agentName, IJobHandler handler);
}
