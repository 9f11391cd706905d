using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Agent.WebRtc;

/// <summary>An IP address and UDP port as a value: comparing, hashing and copying it allocates nothing.</summary>
/// <remarks>An IPv4-mapped IPv6 address equals the IPv4 address it stands for, so that a dual-mode socket changes nothing.</remarks>
public readonly record struct TransportAddress
{
    private const int Inet4Length = 16;
    private const int Inet6Length = 28;
    private readonly UInt128 _address;

    private TransportAddress(UInt128 address, ushort port, bool isIPv6)
    {
        _address = address;
        Port = port;
        IsIPv6 = isIPv6;
    }

    /// <summary>The UDP port, 0 to 65535.</summary>
    public ushort Port { get; }

    /// <summary>Whether the address is IPv6 (and not an IPv4-mapped one).</summary>
    public bool IsIPv6 { get; }

    /// <summary>The length of the address in network byte order: 4 or 16 bytes.</summary>
    public int AddressLength => IsIPv6 ? 16 : 4;

    /// <summary>Takes the address and port of an <see cref="IPEndPoint"/>.</summary>
    /// <param name="endPoint">The end point to copy.</param>
    public static TransportAddress From(IPEndPoint endPoint)
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        Span<byte> bytes = stackalloc byte[16];
        endPoint.Address.TryWriteBytes(bytes, out var length);
        return FromBytes(bytes[..length], (ushort)endPoint.Port);
    }

    /// <summary>Takes the address and port that a socket wrote into a <see cref="SocketAddress"/>.</summary>
    /// <param name="socketAddress">An IPv4 or IPv6 socket address.</param>
    /// <param name="address">The address, when the family is known.</param>
    /// <returns>Whether the address family is IPv4 or IPv6.</returns>
    public static bool TryFrom(SocketAddress socketAddress, out TransportAddress address)
    {
        ArgumentNullException.ThrowIfNull(socketAddress);
        var buffer = socketAddress.Buffer.Span;
        switch (socketAddress.Family)
        {
            case AddressFamily.InterNetwork when buffer.Length >= 8:
                address = FromBytes(buffer.Slice(4, 4), BinaryPrimitives.ReadUInt16BigEndian(buffer[2..]));
                return true;
            case AddressFamily.InterNetworkV6 when buffer.Length >= 24:
                address = FromBytes(buffer.Slice(8, 16), BinaryPrimitives.ReadUInt16BigEndian(buffer[2..]));
                return true;
            default:
                address = default;
                return false;
        }
    }

    /// <summary>Builds an address from its bytes in network order.</summary>
    /// <param name="bytes">4 bytes (IPv4) or 16 bytes (IPv6).</param>
    /// <param name="port">The UDP port.</param>
    public static TransportAddress FromBytes(ReadOnlySpan<byte> bytes, ushort port)
    {
        if (bytes.Length == 4)
            return new TransportAddress(BinaryPrimitives.ReadUInt32BigEndian(bytes), port, isIPv6: false);
        if (bytes.Length != 16) throw new ArgumentException($"An address has 4 or 16 bytes, not {bytes.Length}.", nameof(bytes));
        var value = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        return value >> 32 == 0xFFFF
            ? new TransportAddress((uint)value, port, isIPv6: false)
            : new TransportAddress(value, port, isIPv6: true);
    }

    /// <summary>Creates a socket address to send to; keep it, since this allocates.</summary>
    /// <param name="family">The family of the sending socket; IPv4 addresses are mapped for an IPv6 socket.</param>
    public SocketAddress ToSocketAddress(AddressFamily family)
    {
        var result = new SocketAddress(family, family == AddressFamily.InterNetworkV6 ? Inet6Length : Inet4Length);
        WriteTo(result);
        return result;
    }

    /// <summary>Writes address and port into an existing socket address of the sending socket's family; allocates nothing.</summary>
    /// <param name="destination">The socket address to overwrite; IPv4 addresses are mapped when it is an IPv6 one.</param>
    public void WriteTo(SocketAddress destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        var buffer = destination.Buffer.Span;
        BinaryPrimitives.WriteUInt16BigEndian(buffer[2..], Port);
        if (destination.Family == AddressFamily.InterNetworkV6)
        {
            BinaryPrimitives.WriteUInt128BigEndian(buffer[8..], IsIPv6 ? _address : _address | ((UInt128)0xFFFF << 32));
            return;
        }

        if (IsIPv6) throw new ArgumentException("An IPv6 address cannot be sent to from an IPv4 socket.", nameof(destination));
        BinaryPrimitives.WriteUInt32BigEndian(buffer[4..], (uint)_address);
    }

    /// <summary>Writes the address in network byte order.</summary>
    /// <param name="destination">At least <see cref="AddressLength"/> bytes.</param>
    public void WriteAddress(Span<byte> destination)
    {
        if (IsIPv6) BinaryPrimitives.WriteUInt128BigEndian(destination, _address);
        else BinaryPrimitives.WriteUInt32BigEndian(destination, (uint)_address);
    }

    /// <summary>The address as an <see cref="IPEndPoint"/>; allocates.</summary>
    public IPEndPoint ToIPEndPoint()
    {
        Span<byte> bytes = stackalloc byte[16];
        WriteAddress(bytes);
        return new IPEndPoint(new IPAddress(bytes[..AddressLength]), Port);
    }

    /// <inheritdoc/>
    public override string ToString() => ToIPEndPoint().ToString();
}
