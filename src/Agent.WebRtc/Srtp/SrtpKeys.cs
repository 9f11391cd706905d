using System.Security.Cryptography;

namespace Agent.WebRtc.Srtp;

/// <summary>The exported keying material of a session (RFC 5764, section 4.2), wiped on dispose.</summary>
internal sealed class SrtpKeys(SrtpProfile profile, bool isClient) : IDisposable
{
    public SrtpProfile Profile { get; } = profile;

    /// <summary>Client key, server key, client salt, server salt.</summary>
    public byte[] Material { get; } = new byte[2 * (profile.KeyLength + profile.SaltLength)];

    /// <summary>Writes key and salt, as libsrtp wants them, of what this side sends or receives.</summary>
    public void CopyTo(Span<byte> destination, bool outbound)
    {
        var index = outbound == isClient ? 0 : 1;
        Material.AsSpan(index * Profile.KeyLength, Profile.KeyLength).CopyTo(destination);
        Material.AsSpan((2 * Profile.KeyLength) + (index * Profile.SaltLength), Profile.SaltLength).CopyTo(destination[Profile.KeyLength..]);
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(Material);
}
