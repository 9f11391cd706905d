using Microsoft.Win32.SafeHandles;

namespace Agent.WebRtc.Sctp.Native;

/// <summary>A usrsctp socket.</summary>
internal sealed class SctpSocketHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    internal SctpSocketHandle(nint socket)
        : base(ownsHandle: true) => SetHandle(socket);

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        Usrsctp.Close(handle);
        return true;
    }
}
