using Agent.Protocol;

namespace Agent.DevServer.Api;

/// <summary>The sizes that a LiveKit server allows by default, and its words when they are exceeded.</summary>
internal static class Limits
{
    /// <summary>Length of a room's name or a participant's identity or name, in characters.</summary>
    public const int MaxNameLength = 256;

    /// <summary>Metadata and attributes, in bytes or characters each.</summary>
    public const int MaxMetadataSize = 64_000;

    public static bool AttributesFit(IEnumerable<KeyValuePair<string, string>> attributes) =>
        attributes.Sum(pair => pair.Key.Length + pair.Value.Length) <= MaxMetadataSize;

    public static void CheckMetadata(string metadata)
    {
        if (metadata.Length > MaxMetadataSize)
            throw TwirpException.InvalidArgument("metadata size exceeds limits " + MaxMetadataSize);
    }

    public static void CheckAttributes(IEnumerable<KeyValuePair<string, string>> attributes)
    {
        if (!AttributesFit(attributes))
            throw TwirpException.InvalidArgument("attribute size exceeds limits " + MaxMetadataSize);
    }

    public static void CheckRoomName(string name)
    {
        if (name.Length == 0)
            throw TwirpException.InvalidArgument("no room name");
        if (name.Length > MaxNameLength)
            throw TwirpException.InvalidArgument($"room name length exceeds limits: max length {MaxNameLength}");
    }

    public static void CheckAgents(IEnumerable<RoomAgentDispatch> agents)
    {
        foreach (var agent in agents)
        {
            CheckMetadata(agent.Metadata);
            CheckAttributes(agent.Attributes);
        }
    }
}
