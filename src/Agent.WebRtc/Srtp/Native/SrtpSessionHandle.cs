using System.Runtime.InteropServices;

namespace Agent.WebRtc.Srtp.Native;

/// <summary>An <c>srtp_t</c>.</summary>
internal sealed class SrtpSessionHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle() => SrtpLibrary.Free(handle) == SrtpLibrary.Ok;
}
