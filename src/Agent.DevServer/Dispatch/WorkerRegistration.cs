using Agent.Protocol;

namespace Agent.DevServer.Dispatch;

/// <summary>What a worker said of itself when it registered.</summary>
internal sealed record WorkerRegistration
{
    public required string WorkerId { get; init; }

    public required string ApiKey { get; init; }

    public required JobType Type { get; init; }

    public required string AgentName { get; init; }

    public required string Namespace { get; init; }

    public required string Deployment { get; init; }

    public required string Version { get; init; }

    public required ParticipantPermission Permissions { get; init; }

    public bool Serves(Job job) =>
        Type == job.Type
        && string.Equals(AgentName, job.AgentName, StringComparison.Ordinal)
        && string.Equals(Namespace, job.Namespace, StringComparison.Ordinal)
        && string.Equals(Deployment, job.Deployment, StringComparison.Ordinal);

    /// <summary>Reads the registration; what the worker may do in a room is everything, unless it asks for less.</summary>
    public static WorkerRegistration From(RegisterWorkerRequest request, string workerId, string apiKey) => new()
    {
        WorkerId = workerId,
        ApiKey = apiKey,
        Type = request.Type,
        AgentName = request.AgentName,
        Namespace = request.Namespace,
        Deployment = request.Deployment,
        Version = request.Version,
        Permissions = request.AllowedPermissions ?? new ParticipantPermission
        {
            CanSubscribe = true,
            CanPublish = true,
            CanPublishData = true,
            CanUpdateMetadata = true,
        },
    };
}
