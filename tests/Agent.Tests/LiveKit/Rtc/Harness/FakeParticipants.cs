using Agent.LiveKit.Rtc;
using Agent.LiveKit.Rtc.Native;
using Agent.LiveKit.Rtc.Native.Protocol;

namespace Agent.Tests.LiveKit.Rtc.Harness;

/// <summary>Participants without a room.</summary>
internal static class FakeParticipants
{
    internal static RemoteParticipant Remote(string identity) => new(new Room(), new FfiHandle(new FakeFfiLibrary(), 1), Info(identity));

    internal static ParticipantInfo Info(string identity) => new()
    {
        Sid = "PA_" + identity,
        Name = identity,
        Identity = identity,
        State = ParticipantState.Active,
        Metadata = "",
        Kind = Agent.LiveKit.Rtc.Native.Protocol.ParticipantKind.Standard,
        DisconnectReason = Agent.LiveKit.Rtc.Native.Protocol.DisconnectReason.UnknownReason,
        JoinedAt = 1_700_000_000,
        ClientProtocol = 0,
    };
}
