using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace Agent.Providers.Local.Pocketsphinx;

/// <summary>
/// Takes the native log, which would go to the standard error stream. There is one for the process, so the recogniser made last gets
/// it. Levels are those of err.h: debug 0, info 1, continued info 2, warning 3, error 4, fatal 5 (after which the process is ended).
/// </summary>
internal static unsafe class PocketsphinxNativeLog
{
    private const int Warning = 3;
    private const int Error = 4;

    private static ILogger? s_logger;

    public static void Attach(ILogger logger)
    {
        s_logger = logger;
        PocketsphinxLibrary.SetLogCallback(&OnMessage, nint.Zero);

        // Listings of all settings bypass the callback.
        PocketsphinxLibrary.SetLogFile(nint.Zero);
    }

    /// <summary>
    /// The native caller passes a variable argument list. Its formats (err.c of sphinxbase) hold at most four pointers or integers,
    /// which the calling conventions of Linux pass exactly as fixed ones; only those that the format announces are looked at.
    /// </summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnMessage(nint userData, int level, byte* format, nint first, nint second, nint third, nint fourth)
    {
        if (level < Warning || s_logger is not { } logger)
            return;
        try
        {
            var text = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(format);
            var message = text switch
            {
                _ when text.StartsWith("%s: \"%s\", line %ld: %s"u8) => Read(fourth),
                _ when text.StartsWith("%s"u8) && !text[2..].Contains((byte)'%') => Read(first),
                _ => System.Text.Encoding.UTF8.GetString(text),
            };
            Write(logger, level, message.Trim());
        }
        catch (Exception)
        {
            // An exception of a logger must not cross into native code.
        }
    }

    private static void Write(ILogger logger, int level, string message)
    {
        if (level == Warning)
            PocketsphinxLog.NativeWarning(logger, message);
        else if (level == Error)
            PocketsphinxLog.NativeError(logger, message);
        else
            PocketsphinxLog.NativeFatal(logger, message);
    }

    private static string Read(nint text) => Marshal.PtrToStringUTF8(text) ?? "";
}
