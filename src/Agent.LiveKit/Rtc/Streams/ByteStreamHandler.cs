namespace Agent.LiveKit.Rtc;

/// <summary>Takes a byte stream that somebody has opened.</summary>
/// <param name="reader">The stream; it ends with the method.</param>
/// <param name="participantIdentity">Who opened it.</param>
/// <param name="cancellationToken">Cancelled when the room is left.</param>
public delegate Task ByteStreamHandler(ByteStreamReader reader, string participantIdentity, CancellationToken cancellationToken);
