using Agent.LiveKit.Rtc.Native;
using Agent.LiveKit.Rtc.Native.Protocol;
using Google.Protobuf;

namespace Agent.LiveKit.Rtc;

/// <content>The streams that we send.</content>
public sealed partial class LocalParticipant
{
    /// <summary>Sends a whole text as a stream.</summary>
    /// <exception cref="RoomException">The room is gone, or the token does not allow it.</exception>
    public async Task<TextStreamInfo> SendTextAsync(string text, TextStreamOptions options, CancellationToken cancellationToken = default)
    {
        Guard.Text(text);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var answer = (await Room.CallAsync(
            Handle,
            id => new FfiRequest { SendText = new StreamSendTextRequest { LocalParticipantHandle = Handle.Id, Options = options.ToMessage(), Text = text, RequestAsyncId = id } },
            cancellationToken)).SendText;
        return answer.Info is { } info ? TextStreamInfo.From(info) : throw RoomErrors.Refused("send a text", answer.Error.Description);
    }

    /// <summary>Opens a text stream that is written piece by piece.</summary>
    /// <exception cref="RoomException">The room is gone, or the token does not allow it.</exception>
    public async Task<TextStreamWriter> OpenTextStreamAsync(TextStreamOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var answer = (await Room.CallAsync(
            Handle,
            id => new FfiRequest { TextStreamOpen = new TextStreamOpenRequest { LocalParticipantHandle = Handle.Id, Options = options.ToMessage(), RequestAsyncId = id } },
            cancellationToken,
            undo: message => UnclaimedHandles.Drop(message, Room.Client.Library))).TextStreamOpen;
        return answer.Writer is { } writer
            ? new TextStreamWriter(Room, Room.Client.Own(writer.Handle), writer.Info)
            : throw RoomErrors.Refused("open a text stream", answer.Error.Description);
    }

    /// <summary>Sends bytes as a stream.</summary>
    /// <exception cref="RoomException">The room is gone, or the token does not allow it.</exception>
    public async Task<ByteStreamInfo> SendBytesAsync(ReadOnlyMemory<byte> bytes, ByteStreamOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var answer = (await Room.CallAsync(
            Handle,
            id => new FfiRequest
            {
                SendBytes = new StreamSendBytesRequest { LocalParticipantHandle = Handle.Id, Options = options.ToMessage(), Bytes = ByteString.CopyFrom(bytes.Span), RequestAsyncId = id },
            },
            cancellationToken)).SendBytes;
        return answer.Info is { } info ? ByteStreamInfo.From(info) : throw RoomErrors.Refused("send bytes", answer.Error.Description);
    }

    /// <summary>Opens a byte stream that is written piece by piece.</summary>
    /// <exception cref="RoomException">The room is gone, or the token does not allow it.</exception>
    public async Task<ByteStreamWriter> OpenByteStreamAsync(ByteStreamOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var answer = (await Room.CallAsync(
            Handle,
            id => new FfiRequest { ByteStreamOpen = new ByteStreamOpenRequest { LocalParticipantHandle = Handle.Id, Options = options.ToMessage(), RequestAsyncId = id } },
            cancellationToken,
            undo: message => UnclaimedHandles.Drop(message, Room.Client.Library))).ByteStreamOpen;
        return answer.Writer is { } writer
            ? new ByteStreamWriter(Room, Room.Client.Own(writer.Handle), writer.Info)
            : throw RoomErrors.Refused("open a byte stream", answer.Error.Description);
    }
}
