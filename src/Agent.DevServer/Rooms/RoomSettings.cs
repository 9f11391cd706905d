using Agent.Protocol;

namespace Agent.DevServer.Rooms;

/// <summary>What a room was created with.</summary>
internal sealed class RoomSettings
{
    public required TimeSpan EmptyTimeout { get; set; }

    public required TimeSpan DepartureTimeout { get; set; }

    /// <summary>0 is without limit.</summary>
    public uint MaxParticipants { get; set; }

    public string Metadata { get; set; } = "";

    /// <summary>The agents to dispatch at once; none stands for one of agent name "".</summary>
    public IReadOnlyList<RoomAgentDispatch> Agents { get; init; } = [];

    public static RoomSettings From(CreateRoomRequest request, EmbeddedServerOptions defaults) => new()
    {
        EmptyTimeout = Seconds(request.EmptyTimeout, defaults.EmptyTimeout),
        DepartureTimeout = Seconds(request.DepartureTimeout, defaults.DepartureTimeout),
        MaxParticipants = request.MaxParticipants,
        Metadata = request.Metadata,
        Agents = [.. request.Agents],
    };

    public static RoomSettings From(RoomConfiguration? configuration, EmbeddedServerOptions defaults) => new()
    {
        EmptyTimeout = Seconds(configuration?.EmptyTimeout ?? 0, defaults.EmptyTimeout),
        DepartureTimeout = Seconds(configuration?.DepartureTimeout ?? 0, defaults.DepartureTimeout),
        MaxParticipants = configuration?.MaxParticipants ?? 0,
        Metadata = configuration?.Metadata ?? "",
        Agents = configuration is null ? [] : [.. configuration.Agents],
    };

    private static TimeSpan Seconds(uint seconds, TimeSpan otherwise) => seconds > 0 ? TimeSpan.FromSeconds(seconds) : otherwise;
}
