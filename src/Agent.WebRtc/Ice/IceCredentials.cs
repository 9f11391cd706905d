using System.Security.Cryptography;
using System.Text;

namespace Agent.WebRtc.Ice;

/// <summary>A user name fragment and password (RFC 8839, section 5.4).</summary>
internal sealed class IceCredentials
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private const int UfragLength = 12; // 72 bits: one socket tells its connections apart by it
    private const int PasswordLength = 24; // 144 bits, at least 128 (RFC 8445, section 5.3)

    public IceCredentials(string ufrag, string password)
    {
        Ufrag = ufrag;
        Password = password;
        UfragBytes = Encoding.ASCII.GetBytes(ufrag);
        PasswordBytes = Encoding.ASCII.GetBytes(password);
    }

    public string Ufrag { get; }

    public string Password { get; }

    public byte[] UfragBytes { get; }

    public byte[] PasswordBytes { get; }

    public static IceCredentials Create() =>
        new(RandomNumberGenerator.GetString(Alphabet, UfragLength), RandomNumberGenerator.GetString(Alphabet, PasswordLength));

    /// <summary>Lengths and characters of RFC 8839, section 5.4.</summary>
    public static bool IsValid(string ufrag, string password) =>
        ufrag.Length is >= 4 and <= 256 && password.Length is >= 22 and <= 256 && ufrag.All(IsIceChar) && password.All(IsIceChar);

    // Not only ice-char: some clients generate '-' and '_' too, and any printable character that ends no user name is harmless.
    private static bool IsIceChar(char value) => value is > ' ' and < (char)0x7F and not ':';
}
