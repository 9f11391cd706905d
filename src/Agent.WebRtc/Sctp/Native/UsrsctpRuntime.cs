using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Agent.WebRtc.Native;

namespace Agent.WebRtc.Sctp.Native;

/// <summary>
/// usrsctp's process-wide state: it has one clock and one set of callbacks for all associations. Callbacks find their association by
/// number, never by pointer, because usrsctp may still call for one that has been closed.
/// </summary>
internal static unsafe class UsrsctpRuntime
{
    private static readonly ConcurrentDictionary<nint, SctpAssociation> s_associations = new();
    private static readonly Lock s_timerGate = new();
    private static readonly Lazy<bool> s_initialized = new(Initialize);
    private static long s_lastNumber;
    private static long s_lastTimerTimestamp;

    /// <summary>Starts the library, once.</summary>
    /// <exception cref="NativeLibraryException">usrsctp is not installed.</exception>
    internal static void EnsureInitialized() => _ = s_initialized.Value;

    /// <summary>Gives the association a number under which callbacks find it.</summary>
    internal static nint Register(SctpAssociation association)
    {
        EnsureInitialized();
        var number = (nint)Interlocked.Increment(ref s_lastNumber);
        s_associations[number] = association;
        Usrsctp.RegisterAddress(number);
        return number;
    }

    /// <summary>Ends callbacks for the number.</summary>
    internal static void Unregister(nint number)
    {
        Usrsctp.DeregisterAddress(number);
        s_associations.TryRemove(number, out _);
    }

    /// <summary>
    /// Lets usrsctp's clock, which is the machine's, catch up. Any association's time-out does this for all; what comes of it for the others
    /// waits in their queues. A caller that finds another one at it goes on: the work is being done.
    /// </summary>
    internal static void HandleTimers()
    {
        if (!s_timerGate.TryEnter())
            return;
        try
        {
            var now = Stopwatch.GetTimestamp();
            var elapsed = (long)Stopwatch.GetElapsedTime(s_lastTimerTimestamp, now).TotalMilliseconds;
            if (elapsed < 1)
                return;
            s_lastTimerTimestamp += elapsed * Stopwatch.Frequency / 1000;
            Usrsctp.HandleTimers((uint)Math.Min(elapsed, 1_000));
        }
        finally
        {
            s_timerGate.Exit();
        }
    }

    private static bool Initialize()
    {
        try
        {
            Usrsctp.Initialize(0, &Output, 0);
        }
        catch (DllNotFoundException e)
        {
            throw new NativeLibraryException(
                $"{Usrsctp.Library} (SCTP for data channels) is not installed. Type: sudo apt-get install libusrsctp2", e);
        }

        // Congestion marks, address changes and authentication have no meaning inside DTLS (RFC 8831, section 5).
        _ = Usrsctp.SetEcn(0);
        _ = Usrsctp.SetAddressReconfiguration(0);
        _ = Usrsctp.SetAuthentication(0);

        // A packet for an association that does not exist is not answered.
        _ = Usrsctp.SetBlackhole(2);
        _ = Usrsctp.SetSendSpace(SctpAssociation.SendBufferBytes);
        _ = Usrsctp.SetReceiveSpace(SctpAssociation.ReceiveBufferBytes);
        s_lastTimerTimestamp = Stopwatch.GetTimestamp();
        return true;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Output(nint number, byte* packet, nuint length, byte typeOfService, byte dontFragment)
    {
        if (s_associations.TryGetValue(number, out var association))
            association.EnqueuePacket(new ReadOnlySpan<byte>(packet, (int)length));
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static int Received(nint socket, SocketStore from, byte* data, nuint length, ReceiveInfo info, int flags, nint number)
    {
        if (data == null)
            return 1;
        if (s_associations.TryGetValue(number, out var association))
            association.EnqueueReceived(new ReadOnlySpan<byte>(data, (int)length), info, flags);
        Usrsctp.Free(data);
        return 1;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static int Writable(nint socket, uint freeBytes, nint number)
    {
        if (s_associations.TryGetValue(number, out var association))
            association.EnqueueWritable();
        return 1;
    }
}
