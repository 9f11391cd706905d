using Agent.LiveKit.Api;
using Agent.Pipeline.Errors;
using Agent.Protocol;

namespace Agent.LiveKit.Worker;

/// <summary>How a worker registers and behaves.</summary>
public sealed class AgentWorkerOptions
{
    /// <summary>The server, and the key pair to register with.</summary>
    public required LiveKitServer Server { get; init; }

    /// <summary>
    /// The name that dispatches use. With the empty name (the default) the agent is dispatched to every new room by itself; with any other it is
    /// dispatched by the API or by a participant's token alone.
    /// </summary>
    public string AgentName { get; init; } = "";

    /// <summary>What triggers a job: a new room (default), a participant's first track, or each participant.</summary>
    public JobType JobType { get; init; } = JobType.JtRoom;

    /// <summary>The version of the agent, shown by the server.</summary>
    public string Version { get; init; } = typeof(AgentWorkerOptions).Assembly.GetName().Version?.ToString(3) ?? "";

    /// <summary>The deployment that dispatches may name. Default: none.</summary>
    public string Deployment { get; init; } = "";

    /// <summary>What the agents may do in their rooms. Default: publish, subscribe, send data, change their own metadata.</summary>
    public ParticipantPermission Permissions { get; init; } = new()
    {
        CanPublish = true,
        CanSubscribe = true,
        CanPublishData = true,
        CanUpdateMetadata = true,
    };

    /// <summary>How many jobs run at once and what load is reported.</summary>
    public WorkerLoadOptions Load { get; init; } = new();

    /// <summary>How long the handler may think about a job. <value>More than zero, at most 2.5 s; default 2.2 s.</value> The server gives up after 3 s and then asks nobody else.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(2.2);

    /// <summary>How long an accepted job keeps its slot while the assignment has not come. <value>Default 10 s.</value></summary>
    public TimeSpan AssignmentTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often load and status are reported. <value>More than zero; default 2.5 s, as LiveKit's own workers do.</value></summary>
    public TimeSpan StatusInterval { get; init; } = TimeSpan.FromSeconds(2.5);

    /// <summary>How often the link is tested. <value>More than zero; default 4 s.</value></summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>How long a test of the link may go unanswered before the link counts as dead. <value>More than zero, with <see cref="PingInterval"/> at most 10 s; default 5 s.</value></summary>
    public TimeSpan PongTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long connecting and registering may take together. <value>More than zero; default 10 s.</value></summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long <see cref="AgentWorkerClient.StartAsync"/> goes on trying to reach a server that does not answer, before it fails.
    /// <value>Zero or more; default 15 s; <see cref="Timeout.InfiniteTimeSpan"/> never gives up.</value> Once registered, a worker reconnects for ever.
    /// </summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The first pause between attempts to connect, doubled each time, with random jitter. <value>More than zero; default 0.5 s.</value></summary>
    public TimeSpan ReconnectDelay { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>The longest pause between attempts to connect. <value>At least <see cref="ReconnectDelay"/>; default 10 s.</value></summary>
    public TimeSpan MaxReconnectDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long closing waits for jobs that were told to end, and for the server to confirm their final status. <value>Zero or more; default 10 s.</value></summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The clock of every timer.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Checks the values against each other.</summary>
    /// <exception cref="ConfigurationException">A value is outside its range; the message names it.</exception>
    internal void Validate()
    {
        Require(AnswerTimeout > TimeSpan.Zero && AnswerTimeout <= TimeSpan.FromSeconds(2.5), nameof(AnswerTimeout), AnswerTimeout, "more than zero and at most 2.5 s");
        Require(AssignmentTimeout > TimeSpan.Zero, nameof(AssignmentTimeout), AssignmentTimeout, "more than zero");
        Require(StatusInterval > TimeSpan.Zero, nameof(StatusInterval), StatusInterval, "more than zero");
        Require(PingInterval > TimeSpan.Zero, nameof(PingInterval), PingInterval, "more than zero");
        Require(PongTimeout > TimeSpan.Zero && PingInterval + PongTimeout <= TimeSpan.FromSeconds(10), nameof(PongTimeout), PongTimeout, "more than zero and, with the ping interval, at most 10 s");
        Require(ConnectTimeout > TimeSpan.Zero, nameof(ConnectTimeout), ConnectTimeout, "more than zero");
        Require(StartTimeout >= TimeSpan.Zero || StartTimeout == Timeout.InfiniteTimeSpan, nameof(StartTimeout), StartTimeout, "zero or more, or infinite");
        Require(ReconnectDelay > TimeSpan.Zero, nameof(ReconnectDelay), ReconnectDelay, "more than zero");
        Require(MaxReconnectDelay >= ReconnectDelay, nameof(MaxReconnectDelay), MaxReconnectDelay, $"at least the reconnect delay, {ReconnectDelay}");
        Require(StopTimeout >= TimeSpan.Zero, nameof(StopTimeout), StopTimeout, "zero or more");
        if (!Enum.IsDefined(JobType))
            throw new ConfigurationException($"The worker option {nameof(JobType)} is {JobType}; it must be one of {string.Join(", ", Enum.GetNames<JobType>())}.");
        Load.Validate();
    }

    private static void Require(bool holds, string name, TimeSpan value, string range)
    {
        if (!holds)
            throw new ConfigurationException($"The worker option {name} is {value}; it must be {range}.");
    }
}
