using Agent.Pipeline.Errors;

namespace Agent.LiveKit.Rtc;

/// <summary>A STUN or TURN server (RFC 7064, RFC 7065).</summary>
public sealed record IceServer
{
    private static readonly string[] s_schemes = ["stun:", "stuns:", "turn:", "turns:"];

    /// <summary>Addresses of one server, such as <c>turns:turn.example.com:443?transport=tcp</c>.</summary>
    public required IReadOnlyList<string> Urls { get; init; }

    /// <summary>The user name, for TURN.</summary>
    public string Username { get; init; } = "";

    /// <summary>The password, for TURN; never logged.</summary>
    public string Password { get; init; } = "";

    /// <summary>The addresses and the user name, without the password.</summary>
    public override string ToString() => $"IceServer {{ {string.Join(", ", Urls)}, {Username} }}";

    internal void Validate()
    {
        if (Urls is not { Count: > 0 })
            throw new ConfigurationException("An ICE server has no address. Give it at least one, such as stun:192.0.2.1:3478.");
        foreach (var url in Urls)
        {
            if (!Array.Exists(s_schemes, scheme => url.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) && url.Length > scheme.Length))
                throw new ConfigurationException($"'{url}' is no ICE server's address. It begins with stun:, stuns:, turn: or turns:, such as stun:192.0.2.1:3478.");
        }
    }
}
