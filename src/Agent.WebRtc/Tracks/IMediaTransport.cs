namespace Agent.WebRtc.Tracks;

/// <summary>The secured transport under the tracks.</summary>
internal interface IMediaTransport
{
    bool CanSendMedia { get; }

    /// <summary>Protects the packet at the start of the buffer in place, with room for the trailer behind it, and sends it.</summary>
    bool SendRtp(Span<byte> buffer, int length);

    /// <summary>As <see cref="SendRtp"/>, for RTCP.</summary>
    bool SendRtcp(Span<byte> buffer, int length);
}
