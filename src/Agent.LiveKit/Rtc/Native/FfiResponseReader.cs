namespace Agent.LiveKit.Rtc.Native;

/// <summary>Reads a response while its native buffer is alive.</summary>
internal delegate void FfiResponseReader(ReadOnlySpan<byte> response);
