using Agent.LiveKit.Rtc.Native.Protocol;

namespace Agent.LiveKit.Rtc.Native;

/// <summary>One line of the native library's log; may hold secrets until it has been redacted.</summary>
internal readonly record struct NativeRecord(LogLevel Level, string Target, string Message);
