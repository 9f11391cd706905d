namespace Agent.LiveKit.Rtc.Native;

/// <summary>A native object held alive for the length of a call.</summary>
internal readonly struct FfiHandleUse : IDisposable
{
    private readonly FfiHandle _handle;

    internal FfiHandleUse(FfiHandle handle)
    {
        var added = false;
        handle.DangerousAddRef(ref added);
        _handle = handle;
    }

    internal ulong Id => _handle.Id;

    public void Dispose() => _handle.DangerousRelease();
}
