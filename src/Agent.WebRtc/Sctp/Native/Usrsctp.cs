using System.Runtime.InteropServices;

namespace Agent.WebRtc.Sctp.Native;

/// <summary>The C interface of usrsctp 0.9.5 (<c>usrsctp.h</c>), as far as data channels need it.</summary>
internal static unsafe partial class Usrsctp
{
    internal const string Library = "libusrsctp.so.2";

    internal const int AddressFamilyConn = 123;
    internal const int SocketTypeStream = 1;
    internal const int ProtocolSctp = 132;

    internal const int SocketLevel = 1;
    internal const int OptionLinger = 13;

    internal const int OptionRtoInfo = 0x01;
    internal const int OptionInitMessage = 0x03;
    internal const int OptionNoDelay = 0x04;
    internal const int OptionPeerAddressParameters = 0x0a;
    internal const int OptionEvent = 0x1e;
    internal const int OptionEnableStreamReset = 0x900;
    internal const int OptionResetStreams = 0x901;

    internal const int SendInfoIsSpa = 4;
    internal const uint SpaSendInfoValid = 1;
    internal const uint SpaPartialReliabilityValid = 2;
    internal const ushort SendUnordered = 0x0400;
    internal const ushort SendEndOfRecord = 0x2000;
    internal const ushort PolicyLifetime = 1;
    internal const ushort PolicyRetransmits = 3;

    internal const int MessageIsNotification = 0x2000;
    internal const int MessageEndOfRecord = 0x80;

    internal const ushort NotifyAssociationChange = 0x01;
    internal const ushort NotifyStreamReset = 0x09;

    internal const ushort AssociationUp = 1;
    internal const ushort AssociationLost = 2;
    internal const ushort AssociationRestarted = 3;
    internal const ushort AssociationShutDown = 4;
    internal const ushort AssociationCannotStart = 5;

    internal const ushort ResetIncoming = 0x01;
    internal const ushort ResetOutgoing = 0x02;
    internal const ushort ResetDenied = 0x04;
    internal const ushort ResetFailed = 0x08;

    internal const int ErrorTryAgain = 11;
    internal const int ErrorInProgress = 115;

    [LibraryImport(Library, EntryPoint = "usrsctp_init_nothreads")]
    internal static partial void Initialize(
        ushort udpPort, delegate* unmanaged[Cdecl]<nint, byte*, nuint, byte, byte, int> output, nint debugPrintf);

    [LibraryImport(Library, EntryPoint = "usrsctp_handle_timers")]
    internal static partial void HandleTimers(uint elapsedMilliseconds);

    [LibraryImport(Library, EntryPoint = "usrsctp_socket", SetLastError = true)]
    internal static partial nint OpenSocket(
        int domain,
        int type,
        int protocol,
        delegate* unmanaged[Cdecl]<nint, SocketStore, byte*, nuint, ReceiveInfo, int, nint, int> received,
        delegate* unmanaged[Cdecl]<nint, uint, nint, int> writable,
        uint writableThreshold,
        nint tag);

    [LibraryImport(Library, EntryPoint = "usrsctp_close")]
    internal static partial void Close(nint socket);

    [LibraryImport(Library, EntryPoint = "usrsctp_set_non_blocking", SetLastError = true)]
    internal static partial int SetNonBlocking(SctpSocketHandle socket, int on);

    [LibraryImport(Library, EntryPoint = "usrsctp_setsockopt", SetLastError = true)]
    internal static partial int SetOption(SctpSocketHandle socket, int level, int option, void* value, uint length);

    [LibraryImport(Library, EntryPoint = "usrsctp_bind", SetLastError = true)]
    internal static partial int Bind(SctpSocketHandle socket, ConnAddress* address, uint length);

    [LibraryImport(Library, EntryPoint = "usrsctp_connect", SetLastError = true)]
    internal static partial int Connect(SctpSocketHandle socket, ConnAddress* address, uint length);

    [LibraryImport(Library, EntryPoint = "usrsctp_sendv", SetLastError = true)]
    internal static partial nint Send(
        SctpSocketHandle socket, byte* data, nuint length, void* to, int toCount, SendParameters* parameters, uint parametersLength, uint parametersKind, int flags);

    [LibraryImport(Library, EntryPoint = "usrsctp_register_address")]
    internal static partial void RegisterAddress(nint address);

    [LibraryImport(Library, EntryPoint = "usrsctp_deregister_address")]
    internal static partial void DeregisterAddress(nint address);

    [LibraryImport(Library, EntryPoint = "usrsctp_conninput")]
    internal static partial void HandlePacket(nint address, byte* packet, nuint length, byte ecnBits);

    [LibraryImport(Library, EntryPoint = "usrsctp_sysctl_set_sctp_ecn_enable")]
    internal static partial int SetEcn(uint value);

    [LibraryImport(Library, EntryPoint = "usrsctp_sysctl_set_sctp_asconf_enable")]
    internal static partial int SetAddressReconfiguration(uint value);

    [LibraryImport(Library, EntryPoint = "usrsctp_sysctl_set_sctp_auth_enable")]
    internal static partial int SetAuthentication(uint value);

    [LibraryImport(Library, EntryPoint = "usrsctp_sysctl_set_sctp_blackhole")]
    internal static partial int SetBlackhole(uint value);

    [LibraryImport(Library, EntryPoint = "usrsctp_sysctl_set_sctp_sendspace")]
    internal static partial int SetSendSpace(uint bytes);

    [LibraryImport(Library, EntryPoint = "usrsctp_sysctl_set_sctp_recvspace")]
    internal static partial int SetReceiveSpace(uint bytes);

    [LibraryImport("libc", EntryPoint = "free")]
    internal static partial void Free(void* memory);
}
