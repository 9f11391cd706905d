using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Agent.LiveKit.Rtc;

/// <summary>How the process uses the native room library.</summary>
public sealed record RtcRuntimeOptions
{
    /// <summary>
    /// The library's path: the Node.js addon of LiveKit's native SDK, or a <c>liblivekit_ffi.so</c>. Null looks at the environment variable
    /// LIVEKIT_FFI_LIBRARY, into the program's <c>native</c> folder, and asks the system's loader.
    /// </summary>
    /// <value>Default null.</value>
    public string? LibraryPath { get; init; }

    /// <summary>Where the native library's log goes, without tokens and passwords.</summary>
    /// <value>Default nowhere.</value>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;
}
