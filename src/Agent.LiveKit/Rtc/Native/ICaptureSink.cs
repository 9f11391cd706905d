namespace Agent.LiveKit.Rtc.Native;

/// <summary>Is told, on the library's thread, that the frame it sent has been taken.</summary>
internal interface ICaptureSink
{
    void OnCaptured(bool failed);
}
