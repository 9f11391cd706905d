using Agent.Protocol;

namespace Agent.DevServer.Rooms;

/// <summary>The payload formats that rooms accept. Sound is what agents live on; pictures pass through as they come.</summary>
internal static class RoomCodecs
{
    public static IReadOnlyList<Codec> Enabled { get; } =
    [
        new Codec { Mime = "audio/opus" },
        new Codec { Mime = "audio/red" },
        new Codec { Mime = "video/VP8" },
        new Codec { Mime = "video/H264" },
    ];
}
