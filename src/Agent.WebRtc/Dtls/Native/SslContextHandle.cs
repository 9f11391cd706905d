using System.Runtime.InteropServices;

namespace Agent.WebRtc.Dtls.Native;

/// <summary>An <c>SSL_CTX</c>.</summary>
internal sealed class SslContextHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        OpenSsl.FreeContext(handle);
        return true;
    }
}
