using System.Runtime.InteropServices;

namespace Agent.LiveKit.Rtc.Native;

/// <summary>The four functions of the native library (<c>livekit_ffi.h</c>).</summary>
internal sealed unsafe class FfiLibrary : IFfiLibrary
{
    // The server takes from the name which quirks a client has; what speaks to it is the Rust SDK.
    private const string SdkName = "rust";

    private readonly delegate* unmanaged[Cdecl]<delegate* unmanaged[Cdecl]<byte*, nuint, void>, byte, byte*, byte*, void> _initialize;
    private readonly delegate* unmanaged[Cdecl]<byte*, nuint, byte**, nuint*, ulong> _request;
    private readonly delegate* unmanaged[Cdecl]<ulong, byte> _dropHandle;
    private long _openHandles;

    internal FfiLibrary(nint module)
    {
        _initialize = (delegate* unmanaged[Cdecl]<delegate* unmanaged[Cdecl]<byte*, nuint, void>, byte, byte*, byte*, void>)NativeLibrary.GetExport(module, "livekit_ffi_initialize");
        _request = (delegate* unmanaged[Cdecl]<byte*, nuint, byte**, nuint*, ulong>)NativeLibrary.GetExport(module, "livekit_ffi_request");
        _dropHandle = (delegate* unmanaged[Cdecl]<ulong, byte>)NativeLibrary.GetExport(module, "livekit_ffi_drop_handle");
    }

    public long OpenHandles => Interlocked.Read(ref _openHandles);

    internal void Initialize(delegate* unmanaged[Cdecl]<byte*, nuint, void> callback)
    {
        var version = typeof(FfiLibrary).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";
        fixed (byte* name = Utf8Zero(SdkName), number = Utf8Zero(version))
            _initialize(callback, 1, name, number);
    }

    public bool Request(ReadOnlySpan<byte> request, FfiResponseReader? response)
    {
        byte* answer = null;
        nuint length = 0;
        ulong buffer;
        fixed (byte* data = request)
            buffer = _request(data, (nuint)request.Length, &answer, &length);
        if (buffer == 0)
            return false;
        try
        {
            response?.Invoke(new ReadOnlySpan<byte>(answer, checked((int)length)));
        }
        finally
        {
            DropHandle(buffer);
        }

        return true;
    }

    public void DropHandle(ulong id) => _dropHandle(id);

    public void HandleOpened() => Interlocked.Increment(ref _openHandles);

    public void HandleClosed() => Interlocked.Decrement(ref _openHandles);

    private static byte[] Utf8Zero(string text) => System.Text.Encoding.UTF8.GetBytes(text + '\0');
}
