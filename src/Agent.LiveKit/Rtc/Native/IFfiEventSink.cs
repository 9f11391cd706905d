using Agent.LiveKit.Rtc.Native.Protocol;

namespace Agent.LiveKit.Rtc.Native;

/// <summary>Takes the events of one room, participant or stream, in the order in which they happened, without waiting.</summary>
internal interface IFfiEventSink
{
    void Post(FfiEvent message);
}
