using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Agent.LiveKit.Rtc.Native;
using Agent.LiveKit.Rtc.Native.Loading;

namespace Agent.LiveKit.Rtc;

/// <summary>The native room library of this process: loaded once, before the first room, and kept until the process ends.</summary>
public static class RtcRuntime
{
    private static readonly Lock s_gate = new();
    private static volatile FfiClient? s_client;
    private static Task s_nativeLog = Task.CompletedTask;

    /// <summary>Objects of the native library that this process holds; 0 when every room is disposed.</summary>
    public static long OpenHandles => s_client?.Library.OpenHandles ?? 0;

    /// <summary>
    /// Loads the native library, so that a missing one shows at start rather than at the first room. Only the first call has an effect;
    /// a room that connects calls it with the defaults.
    /// </summary>
    /// <exception cref="Pipeline.Errors.ConfigurationException">The library is missing or does not load.</exception>
    public static void Initialize(RtcRuntimeOptions? options = null) => Client(options ?? new RtcRuntimeOptions());

    internal static FfiClient Client(RtcRuntimeOptions options)
    {
        if (s_client is { } existing)
            return existing;
        lock (s_gate)
            return s_client ??= Start(options);
    }

    private static unsafe FfiClient Start(RtcRuntimeOptions options)
    {
        var library = LibraryLoader.Load(options.LibraryPath);
        var log = new NativeLogQueue(options.LoggerFactory.CreateLogger("Agent.LiveKit.Rtc.Native"));
        var client = new FfiClient(library, options.LoggerFactory.CreateLogger(typeof(RtcRuntime).FullName!)) { NativeLog = log };
        s_nativeLog = Task.Run(log.RunAsync);
        // The callback reads the field, and may run before initialize has returned.
        s_client = client;
        library.Initialize(&OnEvent);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => EndLog(log);
        return client;
    }

    private static void EndLog(NativeLogQueue log)
    {
        log.Complete();
        s_nativeLog.Wait(TimeSpan.FromMilliseconds(200));
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static unsafe void OnEvent(byte* data, nuint length)
    {
        if (length <= int.MaxValue)
            s_client?.OnEvent(new ReadOnlySpan<byte>(data, (int)length));
    }
}
