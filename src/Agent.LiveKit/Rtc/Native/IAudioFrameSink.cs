using Agent.LiveKit.Rtc.Native.Messages;

namespace Agent.LiveKit.Rtc.Native;

/// <summary>Takes the frames of one audio stream on the library's thread, without waiting and without allocating.</summary>
internal interface IAudioFrameSink
{
    /// <summary>The samples are valid until the method returns.</summary>
    void OnFrame(in AudioFrameMessage message);

    /// <summary>No frame follows.</summary>
    void OnEnd();
}
