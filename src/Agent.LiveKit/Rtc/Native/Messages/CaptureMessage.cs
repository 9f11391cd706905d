namespace Agent.LiveKit.Rtc.Native.Messages;

/// <summary>Sending 10 ms of sound: <c>FfiRequest.capture_audio_frame</c> and its callback.</summary>
internal static class CaptureMessage
{
    /// <summary>An upper bound of the request's length: seven numbers of at most ten bytes with their tags, three lengths.</summary>
    internal const int MaxLength = 96;

    private const int FfiRequestCapture = 27;
    private const int FfiEventCapture = 13;

    /// <summary>Writes the request.</summary>
    /// <returns>The request's length in bytes.</returns>
    internal static int Write(Span<byte> destination, ulong source, ulong data, int sampleRateHz, int samples, ulong asyncId)
    {
        Span<byte> infoBytes = stackalloc byte[40];
        var info = new WireWriter(infoBytes);
        info.Varint(1, data);
        info.Varint(2, 1);
        info.Varint(3, (ulong)sampleRateHz);
        info.Varint(4, (ulong)samples);

        Span<byte> captureBytes = stackalloc byte[MaxLength];
        var capture = new WireWriter(captureBytes);
        capture.Varint(1, source);
        capture.Message(2, infoBytes[..info.Length]);
        capture.Varint(3, asyncId);

        var request = new WireWriter(destination);
        request.Message(FfiRequestCapture, captureBytes[..capture.Length]);
        return request.Length;
    }

    /// <summary>Reads an event if it is the answer to a capture.</summary>
    internal static bool TryReadCallback(ReadOnlySpan<byte> ffiEvent, out ulong asyncId, out bool failed)
    {
        asyncId = 0;
        failed = false;
        var outer = new WireReader(ffiEvent);
        if (!outer.Next() || outer.Field != FfiEventCapture)
            return false;
        var callback = new WireReader(outer.ReadBytes());
        while (callback.Next())
        {
            switch (callback.Field)
            {
                case 1:
                    asyncId = callback.ReadVarint();
                    break;
                case 2:
                    failed = true;
                    callback.Skip();
                    break;
                default:
                    callback.Skip();
                    break;
            }
        }

        return !outer.IsMalformed && !callback.IsMalformed && asyncId != 0;
    }
}
