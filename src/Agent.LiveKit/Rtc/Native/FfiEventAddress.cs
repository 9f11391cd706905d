using Agent.LiveKit.Rtc.Native.Protocol;
using Case = Agent.LiveKit.Rtc.Native.Protocol.FfiEvent.MessageOneofCase;

namespace Agent.LiveKit.Rtc.Native;

/// <summary>Whom an event is for: a call, by its number, or an object, by its handle.</summary>
internal static class FfiEventAddress
{
    internal static (bool IsAnswer, ulong Id) Of(FfiEvent message) => message.MessageCase switch
    {
        Case.RoomEvent => (false, message.RoomEvent.RoomHandle),
        Case.RpcMethodInvocation => (false, message.RpcMethodInvocation.LocalParticipantHandle),
        Case.TextStreamReaderEvent => (false, message.TextStreamReaderEvent.ReaderHandle),
        Case.ByteStreamReaderEvent => (false, message.ByteStreamReaderEvent.ReaderHandle),
        Case.Connect => (true, message.Connect.AsyncId),
        Case.Disconnect => (true, message.Disconnect.AsyncId),
        Case.PublishTrack => (true, message.PublishTrack.AsyncId),
        Case.UnpublishTrack => (true, message.UnpublishTrack.AsyncId),
        Case.PublishData => (true, message.PublishData.AsyncId),
        Case.PublishSipDtmf => (true, message.PublishSipDtmf.AsyncId),
        Case.SetLocalMetadata => (true, message.SetLocalMetadata.AsyncId),
        Case.SetLocalName => (true, message.SetLocalName.AsyncId),
        Case.SetLocalAttributes => (true, message.SetLocalAttributes.AsyncId),
        Case.GetStats => (true, message.GetStats.AsyncId),
        Case.GetSessionStats => (true, message.GetSessionStats.AsyncId),
        Case.PerformRpc => (true, message.PerformRpc.AsyncId),
        Case.TextStreamReaderReadAll => (true, message.TextStreamReaderReadAll.AsyncId),
        Case.ByteStreamReaderReadAll => (true, message.ByteStreamReaderReadAll.AsyncId),
        Case.TextStreamOpen => (true, message.TextStreamOpen.AsyncId),
        Case.TextStreamWriterWrite => (true, message.TextStreamWriterWrite.AsyncId),
        Case.TextStreamWriterClose => (true, message.TextStreamWriterClose.AsyncId),
        Case.ByteStreamOpen => (true, message.ByteStreamOpen.AsyncId),
        Case.ByteStreamWriterWrite => (true, message.ByteStreamWriterWrite.AsyncId),
        Case.ByteStreamWriterClose => (true, message.ByteStreamWriterClose.AsyncId),
        Case.SendText => (true, message.SendText.AsyncId),
        Case.SendBytes => (true, message.SendBytes.AsyncId),
        Case.SimulateScenario => (true, message.SimulateScenario.AsyncId),
        _ => (true, 0),
    };
}
