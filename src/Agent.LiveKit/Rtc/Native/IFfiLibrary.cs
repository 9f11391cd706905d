namespace Agent.LiveKit.Rtc.Native;

/// <summary>The native library's C interface, as far as it is called by us.</summary>
internal interface IFfiLibrary
{
    /// <summary>Handles that are open, for leak tests and diagnostics.</summary>
    long OpenHandles { get; }

    /// <summary>Sends a request and lets <paramref name="response"/> read the answer before its buffer is dropped.</summary>
    /// <returns>Whether the library accepted the request.</returns>
    bool Request(ReadOnlySpan<byte> request, FfiResponseReader? response);

    /// <summary>Drops one object.</summary>
    void DropHandle(ulong id);

    /// <summary>Counts a handle that somebody owns from now on.</summary>
    void HandleOpened();

    /// <summary>Counts a handle that is gone.</summary>
    void HandleClosed();
}
