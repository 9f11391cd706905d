namespace Agent.WebRtc.Tracks;

/// <summary>Where a local track's packets go.</summary>
internal interface IRtpOutlet
{
    /// <summary>Whether packets can be protected and sent now.</summary>
    bool CanSend { get; }

    /// <summary>A buffer to build one packet in, with room for the SRTP trailer behind <see cref="MaxPacketLength"/>.</summary>
    Span<byte> Buffer { get; }

    int MaxPacketLength { get; }

    /// <summary>Protects and sends the packet at the start of <see cref="Buffer"/>, which is overwritten.</summary>
    bool SendRtp(int length, TimeSpan now);
}
