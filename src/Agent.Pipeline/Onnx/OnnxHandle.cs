using System.Runtime.InteropServices;

namespace Agent.Pipeline.Onnx;

/// <summary>One object of ONNX Runtime, released once by the function that belongs to its kind.</summary>
internal sealed unsafe class OnnxHandle : SafeHandle
{
    private readonly delegate* unmanaged[Cdecl]<nint, void> _release;

    internal OnnxHandle(nint value, nint release)
        : base(0, ownsHandle: true)
    {
        _release = (delegate* unmanaged[Cdecl]<nint, void>)release;
        SetHandle(value);
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        _release(handle);
        return true;
    }
}
