using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Agent.LiveKit.Api;

/// <summary>HS256 with a LiveKit secret.</summary>
internal static class TokenSigning
{
    private const int MinKeyBytes = 32;

    /// <summary>
    /// The secret as a key. LiveKit takes secrets of any length (its development server's is <c>secret</c>), the token library 32 bytes
    /// and more: a short one is filled with zeros, which is what HMAC does to it anyway (RFC 2104 §2).
    /// </summary>
    public static SymmetricSecurityKey Key(string apiSecret)
    {
        var bytes = Encoding.UTF8.GetBytes(apiSecret);
        if (bytes.Length < MinKeyBytes)
            Array.Resize(ref bytes, MinKeyBytes);
        return new SymmetricSecurityKey(bytes);
    }
}
