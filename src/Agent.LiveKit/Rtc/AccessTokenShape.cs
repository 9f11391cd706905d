using System.Text;
using System.Text.Json;
using Agent.Pipeline.Errors;

namespace Agent.LiveKit.Rtc;

/// <summary>
/// What an access token says of itself. Nothing is verified here, that is the server's business; it serves to say what is wrong with a
/// token that the server has refused, and to refuse what is no token before it is sent and logged.
/// </summary>
/// <param name="Issuer">The API key that it claims to be signed with.</param>
/// <param name="Expires">When it expires, if it says so.</param>
/// <param name="NotBefore">From when it is valid, if it says so.</param>
/// <param name="CanJoin">Whether it has the grant <c>roomJoin</c>.</param>
/// <param name="Room">The room that it names.</param>
/// <param name="Identity">The identity that it gives.</param>
internal sealed record AccessTokenShape(string Issuer, DateTimeOffset? Expires, DateTimeOffset? NotBefore, bool CanJoin, string Room, string Identity)
{
    /// <exception cref="ConfigurationException">It is no JSON Web Token.</exception>
    internal static AccessTokenShape Check(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        var parts = token.Split('.');
        if (parts.Length == 3 && token.Length <= 64 * 1024 && parts.All(IsBase64Url) && Payload(parts[1]) is { } shape)
            return shape;
        throw new ConfigurationException(
            $"The access token is malformed ({token.Length} characters, {parts.Length} parts; a JSON Web Token has 3). Pass what AccessToken.ToJwt() or the token endpoint returned, without quotes or 'Bearer'.");
    }

    private static bool IsBase64Url(string part) => part.Length > 0 && part.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static AccessTokenShape? Payload(string part)
    {
        try
        {
            var padded = part.Replace('-', '+').Replace('_', '/') + new string('=', (4 - (part.Length % 4)) % 4);
            using var json = JsonDocument.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(padded)));
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                return null;
            var video = root.TryGetProperty("video", out var grants) && grants.ValueKind == JsonValueKind.Object ? grants : default;
            return new AccessTokenShape(
                Text(root, "iss"), Time(root, "exp"), Time(root, "nbf"), Flag(video, "roomJoin"), Text(video, "room"), Text(root, "sub"));
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null;
        }
    }

    private static string Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static bool Flag(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    private static DateTimeOffset? Time(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds((long)Math.Clamp(seconds, 0, 253_402_300_799))
            : null;
}
