namespace Agent.WebRtc.Sctp;

/// <summary>What kind of thing usrsctp said.</summary>
internal enum SctpEventKind
{
    Packet,
    Message,
    Up,
    Lost,
    IncomingReset,
    OutgoingReset,
    Writable,
}
