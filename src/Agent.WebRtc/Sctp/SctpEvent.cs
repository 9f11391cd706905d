namespace Agent.WebRtc.Sctp;

/// <summary>Something that usrsctp said, kept until the owner's next call.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Buffer">A packet or a piece of a message, rented; null for the others.</param>
/// <param name="Length">Bytes used of <paramref name="Buffer"/>.</param>
/// <param name="StreamId">The stream, or for <see cref="SctpEventKind.Up"/> the number of outgoing streams.</param>
/// <param name="PayloadProtocol">The payload protocol identifier of a message.</param>
/// <param name="IsEnd">Whether the piece ends its message.</param>
internal readonly record struct SctpEvent(
    SctpEventKind Kind, byte[]? Buffer = null, int Length = 0, ushort StreamId = 0, uint PayloadProtocol = 0, bool IsEnd = false);
