using System.Security.Cryptography;
using Agent.Protocol;

namespace Agent.DevServer.Rooms;

/// <summary>Identifiers as LiveKit makes them: a prefix that says of what, and twelve random characters.</summary>
internal static class Sids
{
    private const string Alphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    public static string Room() => "RM_" + Random();

    public static string Participant() => "PA_" + Random();

    public static string Dispatch() => "AD_" + Random();

    public static string Job() => "AJ_" + Random();

    public static string Worker() => "AW_" + Random();

    public static string Node() => "ND_" + Random();

    public static string Event() => "EV_" + Random();

    public static string Track(TrackType type, TrackSource source) => "TR_" + (type, source) switch
    {
        (TrackType.Video, TrackSource.Camera) => "VC",
        (TrackType.Video, TrackSource.ScreenShare) => "VS",
        (TrackType.Video, _) => "V",
        (TrackType.Audio, TrackSource.Microphone) => "AM",
        (TrackType.Audio, TrackSource.ScreenShareAudio) => "AS",
        (TrackType.Audio, _) => "A",
        _ => "D",
    } + Random();

    private static string Random() => RandomNumberGenerator.GetString(Alphabet, 12);
}
