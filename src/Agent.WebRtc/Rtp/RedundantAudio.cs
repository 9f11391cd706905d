namespace Agent.WebRtc.Rtp;

/// <summary>Redundant audio (RFC 2198).</summary>
internal static class RedundantAudio
{
    private const int RedundantHeaderLength = 4;

    /// <summary>Finds the primary encoding, which is the last block.</summary>
    /// <param name="payload">The payload of a RED packet.</param>
    /// <param name="payloadType">The primary encoding's payload type.</param>
    /// <param name="primary">The primary encoding.</param>
    public static bool TryGetPrimary(ReadOnlySpan<byte> payload, out byte payloadType, out ReadOnlySpan<byte> primary)
    {
        payloadType = 0;
        primary = default;
        var redundant = 0;
        var offset = 0;
        while (offset < payload.Length && (payload[offset] & 0x80) != 0)
        {
            if (payload.Length - offset < RedundantHeaderLength) return false;
            redundant += ((payload[offset + 2] & 0x03) << 8) | payload[offset + 3];
            offset += RedundantHeaderLength;
        }

        if (offset >= payload.Length) return false;
        payloadType = (byte)(payload[offset] & 0x7F);
        offset += 1 + redundant;
        if (offset > payload.Length) return false;
        primary = payload[offset..];
        return true;
    }
}
