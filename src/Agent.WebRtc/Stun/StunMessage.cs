using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Agent.WebRtc.Stun;

/// <summary>A view of a STUN message (RFC 8489) in the buffer that holds it.</summary>
internal readonly ref struct StunMessage
{
    public const int HeaderLength = 20;
    public const int TransactionIdLength = 12;
    public const uint MagicCookie = 0x2112A442;
    public const uint FingerprintMask = 0x5354554E;
    public const int IntegrityLength = 20;
    private readonly ReadOnlySpan<byte> _message;
    private readonly int _integrityOffset;

    private StunMessage(ReadOnlySpan<byte> message, int integrityOffset, ReadOnlySpan<byte> username, bool hasFingerprint)
    {
        _message = message;
        _integrityOffset = integrityOffset;
        Username = username;
        HasFingerprint = hasFingerprint;
    }

    public StunMessageType Type => (StunMessageType)BinaryPrimitives.ReadUInt16BigEndian(_message);

    public ReadOnlySpan<byte> TransactionId => _message.Slice(8, TransactionIdLength);

    public ReadOnlySpan<byte> Username { get; }

    /// <summary>Whether there was a fingerprint; a wrong one fails parsing.</summary>
    public bool HasFingerprint { get; }

    public bool HasIntegrity => _integrityOffset != 0;

    /// <summary>Parses and checks lengths, magic cookie and, when there is one, the fingerprint.</summary>
    public static bool TryParse(ReadOnlySpan<byte> datagram, out StunMessage message)
    {
        message = default;
        if (datagram.Length < HeaderLength || datagram[0] > 3) return false;
        if (BinaryPrimitives.ReadUInt32BigEndian(datagram[4..]) != MagicCookie) return false;
        var length = BinaryPrimitives.ReadUInt16BigEndian(datagram[2..]);
        if ((length & 3) != 0 || datagram.Length != HeaderLength + length) return false;

        var integrity = 0;
        var fingerprint = false;
        ReadOnlySpan<byte> username = default;
        var reader = new StunAttributeReader(datagram);
        while (reader.TryRead(out var type, out var value, out var offset))
        {
            if (fingerprint) return false; // nothing may follow it (section 14.7)
            if (type == StunAttribute.Fingerprint)
            {
                if (value.Length != 4 || BinaryPrimitives.ReadUInt32BigEndian(value) != StunFingerprint.Compute(datagram[..offset])) return false;
                fingerprint = true;
            }
            else if (integrity != 0)
            {
                continue; // what follows the integrity check is ignored (section 14.5)
            }
            else if (type == StunAttribute.MessageIntegrity)
            {
                if (value.Length != IntegrityLength) return false;
                integrity = offset;
            }
            else if (type == StunAttribute.Username)
            {
                username = value;
            }
        }

        if (!reader.AtEnd) return false;
        message = new StunMessage(datagram, integrity, username, fingerprint);
        return true;
    }

    /// <summary>Checks the short-term credential's integrity (section 14.5): HMAC-SHA1 with the length as if it ended there.</summary>
    public bool VerifyIntegrity(ReadOnlySpan<byte> key)
    {
        if (_integrityOffset == 0) return false;
        Span<byte> expected = stackalloc byte[IntegrityLength];
        ComputeIntegrity(_message[.._integrityOffset], key, expected);
        return CryptographicOperations.FixedTimeEquals(expected, _message.Slice(_integrityOffset + 4, IntegrityLength));
    }

    public bool TryGet(ushort type, out ReadOnlySpan<byte> value)
    {
        var reader = new StunAttributeReader(_message);
        while (reader.TryRead(out var found, out value, out var offset))
        {
            if (_integrityOffset != 0 && offset >= _integrityOffset) break;
            if (found == type) return true;
        }

        value = default;
        return false;
    }

    public bool Has(ushort type) => TryGet(type, out _);

    /// <summary>The first attribute that must be understood but is not; null when there is none.</summary>
    public ushort? FindUnknownRequired()
    {
        var reader = new StunAttributeReader(_message);
        while (reader.TryRead(out var type, out _, out var offset))
        {
            if (_integrityOffset != 0 && offset >= _integrityOffset) break;
            if (StunAttribute.IsComprehensionRequired(type) && !StunAttribute.IsKnown(type)) return type;
        }

        return null;
    }

    public bool TryGetXorMappedAddress(out TransportAddress address)
    {
        address = default;
        if (!TryGet(StunAttribute.XorMappedAddress, out var value) || value.Length < 8) return false;
        var length = value[1] switch { 1 => 4, 2 => 16, _ => 0 };
        if (length == 0 || value.Length != 4 + length) return false;
        Span<byte> bytes = stackalloc byte[16];
        for (var i = 0; i < length; i++) bytes[i] = (byte)(value[4 + i] ^ _message[4 + i]); // cookie, then transaction id
        var port = (ushort)(BinaryPrimitives.ReadUInt16BigEndian(value[2..]) ^ (MagicCookie >> 16));
        address = TransportAddress.FromBytes(bytes[..length], port);
        return true;
    }

    /// <param name="upToIntegrity">The message up to the integrity attribute.</param>
    /// <param name="key">The password.</param>
    /// <param name="destination">20 bytes.</param>
    internal static void ComputeIntegrity(ReadOnlySpan<byte> upToIntegrity, ReadOnlySpan<byte> key, Span<byte> destination)
    {
        Span<byte> copy = upToIntegrity.Length <= 1024 ? stackalloc byte[upToIntegrity.Length] : new byte[upToIntegrity.Length];
        upToIntegrity.CopyTo(copy);
        BinaryPrimitives.WriteUInt16BigEndian(copy[2..], (ushort)(copy.Length - HeaderLength + 4 + IntegrityLength));
        HMACSHA1.HashData(key, copy, destination);
    }
}
