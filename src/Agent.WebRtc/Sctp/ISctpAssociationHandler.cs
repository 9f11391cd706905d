namespace Agent.WebRtc.Sctp;

/// <summary>What an association tells its owner, always from inside a call that the owner makes. Spans are valid during the call only.</summary>
internal interface ISctpAssociationHandler
{
    /// <summary>A packet is to be sent over DTLS.</summary>
    void SendPacket(ReadOnlySpan<byte> packet);

    /// <summary>Both sides are there; messages can be sent.</summary>
    /// <param name="outgoingStreams">How many streams may be used for sending, numbered from 0.</param>
    void AssociationUp(int outgoingStreams);

    /// <summary>The association has ended: the other side aborted, shut down or does not answer. Final.</summary>
    void AssociationLost();

    /// <summary>A whole message arrived.</summary>
    void MessageReceived(ushort streamId, uint payloadProtocol, ReadOnlySpan<byte> message);

    /// <summary>A message was larger than <see cref="SctpAssociation.MaxMessageBytes"/> and was dropped.</summary>
    void MessageDropped(ushort streamId);

    /// <summary>The other side will send no more on this stream (RFC 6525); its use is over once we reset ours.</summary>
    void IncomingStreamReset(ushort streamId);

    /// <summary>Our reset of this stream is done, or was refused for good: its number is free again.</summary>
    void OutgoingStreamReset(ushort streamId);

    /// <summary>After <see cref="SctpSendResult.BufferFull"/>: there is room again.</summary>
    void Writable();
}
