using System.Runtime.InteropServices;

namespace Agent.WebRtc.Dtls.Native;

/// <summary>An <c>SSL</c> with the two memory buffers it owns.</summary>
internal sealed class SslHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        OpenSsl.FreeSession(handle);
        return true;
    }
}
