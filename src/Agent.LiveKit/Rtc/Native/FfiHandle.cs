using System.Runtime.InteropServices;

namespace Agent.LiveKit.Rtc.Native;

/// <summary>
/// One object of the native library, dropped exactly once. Handles are numbers from a table of the library, never pointers; 0 is none.
/// </summary>
internal sealed class FfiHandle : SafeHandle
{
    private readonly IFfiLibrary _library;

    internal FfiHandle(IFfiLibrary library, ulong id)
        : base(0, ownsHandle: true)
    {
        _library = library;
        SetHandle(unchecked((nint)id));
        library.HandleOpened();
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>The number; only meaningful while a <see cref="Use"/> is held or the owner is known to be alive.</summary>
    internal ulong Id => unchecked((ulong)handle);

    /// <summary>Keeps the object alive until the returned value is disposed, even if the handle is disposed meanwhile.</summary>
    /// <exception cref="ObjectDisposedException">The handle is disposed already.</exception>
    internal FfiHandleUse Use() => new(this);

    /// <summary>Gives up ownership: the native library has consumed the object.</summary>
    internal void Consumed()
    {
        if (IsClosed)
            return;
        SetHandleAsInvalid();
        _library.HandleClosed();
    }

    protected override bool ReleaseHandle()
    {
        _library.DropHandle(Id);
        _library.HandleClosed();
        return true;
    }
}
