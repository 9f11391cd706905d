namespace Agent.LiveKit.Rtc;

/// <summary>Takes a text stream that somebody has opened. Handlers of a room begin in the order in which the streams were opened; what they do before they first wait holds up the next.</summary>
/// <param name="reader">The stream; it ends with the method.</param>
/// <param name="participantIdentity">Who opened it.</param>
/// <param name="cancellationToken">Cancelled when the room is left.</param>
public delegate Task TextStreamHandler(TextStreamReader reader, string participantIdentity, CancellationToken cancellationToken);
