using Agent.LiveKit.Rtc.Native;

namespace Agent.LiveKit.Rtc;

/// <summary>The native library's answers as errors of ours.</summary>
internal static class RoomErrors
{
    internal static RoomException Closed(string room, DisconnectReason? reason) => new(
        RoomErrorKind.Closed, $"Room '{room}' has been left ({(reason ?? DisconnectReason.Unknown)}); nothing can be sent any more.");

    internal static RoomException Refused(string what, string why) => new(
        RoomErrorKind.Refused, $"Could not {what}: {SecretRedactor.Redact(why)}");

    internal static RoomException StreamBroke(string topic, string why) => new(
        RoomErrorKind.Refused, $"The stream of topic '{topic}' broke off: {SecretRedactor.Redact(why)}");

    internal static RoomException NativeFailed() => new(
        RoomErrorKind.Native, "The native room library has failed. Replace this process; the log of category Agent.LiveKit.Rtc says what it reported.");
}
