namespace Agent.LiveKit.Rtc.Native.Messages;

/// <summary>A received frame as the native library announces it: <c>FfiEvent.audio_stream_event.frame_received</c>.</summary>
internal readonly record struct AudioFrameMessage
{
    private const int FfiEventAudioStream = 4;

    /// <summary>The stream that the frame belongs to.</summary>
    public ulong StreamHandle { get; private init; }

    /// <summary>Owns the samples; 0 in the message that ends a stream.</summary>
    public ulong FrameHandle { get; private init; }

    /// <summary>The address of the samples, interleaved 16 bits, valid until the frame is dropped.</summary>
    public ulong Data { get; private init; }

    /// <summary>Channels, interleaved.</summary>
    public uint Channels { get; private init; }

    /// <summary>Samples per second.</summary>
    public uint SampleRateHz { get; private init; }

    /// <summary>Samples in each channel.</summary>
    public uint SamplesPerChannel { get; private init; }

    /// <summary>Whether the stream ends here.</summary>
    public bool IsEnd { get; private init; }

    /// <summary>Reads an event if it is one of an audio stream.</summary>
    public static bool TryRead(ReadOnlySpan<byte> ffiEvent, out AudioFrameMessage message)
    {
        message = default;
        var outer = new WireReader(ffiEvent);
        if (!outer.Next() || outer.Field != FfiEventAudioStream)
            return false;
        var stream = new WireReader(outer.ReadBytes());
        while (stream.Next())
        {
            switch (stream.Field)
            {
                case 1:
                    message = message with { StreamHandle = stream.ReadVarint() };
                    break;
                case 2:
                    ReadReceived(stream.ReadBytes(), ref message);
                    break;
                case 3:
                    message = message with { IsEnd = true };
                    stream.Skip();
                    break;
                default:
                    stream.Skip();
                    break;
            }
        }

        return !outer.IsMalformed && !stream.IsMalformed && message.StreamHandle != 0 && (message.IsEnd || message.FrameHandle != 0);
    }

    private static void ReadReceived(ReadOnlySpan<byte> bytes, ref AudioFrameMessage message)
    {
        var received = new WireReader(bytes);
        while (received.Next())
        {
            if (received.Field == 1)
                ReadBuffer(received.ReadBytes(), ref message);
            else
                received.Skip();
        }
    }

    private static void ReadBuffer(ReadOnlySpan<byte> bytes, ref AudioFrameMessage message)
    {
        var buffer = new WireReader(bytes);
        while (buffer.Next())
        {
            switch (buffer.Field)
            {
                case 1:
                    message = message with { FrameHandle = ReadHandle(buffer.ReadBytes()) };
                    break;
                case 2:
                    ReadInfo(buffer.ReadBytes(), ref message);
                    break;
                default:
                    buffer.Skip();
                    break;
            }
        }
    }

    private static void ReadInfo(ReadOnlySpan<byte> bytes, ref AudioFrameMessage message)
    {
        var info = new WireReader(bytes);
        while (info.Next())
        {
            switch (info.Field)
            {
                case 1:
                    message = message with { Data = info.ReadVarint() };
                    break;
                case 2:
                    message = message with { Channels = (uint)info.ReadVarint() };
                    break;
                case 3:
                    message = message with { SampleRateHz = (uint)info.ReadVarint() };
                    break;
                case 4:
                    message = message with { SamplesPerChannel = (uint)info.ReadVarint() };
                    break;
                default:
                    info.Skip();
                    break;
            }
        }
    }

    private static ulong ReadHandle(ReadOnlySpan<byte> bytes)
    {
        var handle = new WireReader(bytes);
        ulong id = 0;
        while (handle.Next())
        {
            if (handle.Field == 1)
                id = handle.ReadVarint();
            else
                handle.Skip();
        }

        return id;
    }
}
