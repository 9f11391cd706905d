using System.Globalization;
using System.Text.Json;
using Agent.DevServer.Api;
using Agent.DevServer.Rooms;
using Agent.DevServer.Tokens;
using Agent.Protocol;

namespace Agent.DevServer.Signalling;

/// <summary>Reads from a request to <c>/rtc</c> or <c>/rtc/validate</c> who wants to join which room and how.</summary>
internal static class JoinRequestReader
{
    /// <summary>LiveKit's words, which clients show.</summary>
    internal const string NoAccess = "no permissions to access the room";

    /// <param name="context">The request; its token was verified already.</param>
    /// <param name="strict">Whether attributes that cannot be read are an error; else they are left out.</param>
    public static (JoinParameters? Join, JoinRefusal? Refusal) Read(HttpContext context, bool strict)
    {
        var token = AuthenticatedUser.Of(context);
        if (token?.Video is not { } video)
            return Refuse(StatusCodes.Status401Unauthorized, NoAccess);
        if (!video.RoomJoin)
            return Refuse(StatusCodes.Status401Unauthorized, "permissions denied");
        if (token.Identity.Length == 0)
            return Refuse(StatusCodes.Status400BadRequest, "identity cannot be empty");
        if (token.Identity.Length > Limits.MaxNameLength)
            return Refuse(StatusCodes.Status400BadRequest, $"participant identity length exceeds limits: max length {Limits.MaxNameLength}");
        if (video.Room.Length == 0)
            return Refuse(StatusCodes.Status400BadRequest, "no room name");
        if (video.Room.Length > Limits.MaxNameLength)
            return Refuse(StatusCodes.Status400BadRequest, $"room name length exceeds limits: max length {Limits.MaxNameLength}");

        var query = context.Request.Query;
        if (!TryReadAttributes(query["attributes"].ToString(), out var attributes) && strict)
            return Refuse(StatusCodes.Status400BadRequest, "cannot decode attributes");
        var metadata = query["metadata"].ToString();
        if ((attributes.Count > 0 || metadata.Length > 0) && video.CanUpdateOwnMetadata is not true)
            return Refuse(StatusCodes.Status401Unauthorized, NoAccess);
        if (token.Metadata.Length > Limits.MaxMetadataSize)
            return Refuse(StatusCodes.Status400BadRequest, "metadata size exceeds limits");
        if (!Limits.AttributesFit(token.Attributes.Concat(attributes)))
            return Refuse(StatusCodes.Status400BadRequest, "attribute size exceeds limits");

        return (new JoinParameters
        {
            Token = token,
            Client = ReadClient(context),
            AutoSubscribe = query["auto_subscribe"].Count == 0 || IsTrue(query["auto_subscribe"].ToString()),
            Reconnect = IsTrue(query["reconnect"].ToString()),
            ParticipantSid = query["sid"].ToString(),
            Metadata = metadata.Length > 0 ? metadata : null,
            Attributes = attributes,
        }, null);
    }

    private static (JoinParameters?, JoinRefusal?) Refuse(int status, string message) => (null, new JoinRefusal(status, message));

    private static bool IsTrue(string value) => value is "1" or "true";

    private static ClientInfo ReadClient(HttpContext context)
    {
        var query = context.Request.Query;
        var info = new ClientInfo
        {
            Version = query["version"].ToString(),
            Os = query["os"].ToString(),
            OsVersion = query["os_version"].ToString(),
            DeviceModel = query["device_model"].ToString(),
            Browser = query["browser"].ToString(),
            BrowserVersion = query["browser_version"].ToString(),
            Network = query["network"].ToString(),
            Address = context.Connection.RemoteIpAddress?.ToString() ?? "",
            Protocol = Number(query["protocol"].ToString()),
            ClientProtocol = Number(query["client_protocol"].ToString()),
            Sdk = query["sdk"].ToString() switch
            {
                "js" => ClientInfo.Types.SDK.Js,
                "rust" => ClientInfo.Types.SDK.Rust,
                "node" => ClientInfo.Types.SDK.Node,
                "python" => ClientInfo.Types.SDK.Python,
                "go" => ClientInfo.Types.SDK.Go,
                "ios" or "swift" => ClientInfo.Types.SDK.Swift,
                "android" => ClientInfo.Types.SDK.Android,
                "flutter" => ClientInfo.Types.SDK.Flutter,
                "unity" => ClientInfo.Types.SDK.Unity,
                "reactnative" => ClientInfo.Types.SDK.ReactNative,
                "cpp" => ClientInfo.Types.SDK.Cpp,
                _ => ClientInfo.Types.SDK.Unknown,
            },
        };
        foreach (var capability in query["capabilities"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (Enum.TryParse<ClientInfo.Types.Capability>(capability, ignoreCase: true, out var parsed) && Enum.IsDefined(parsed))
                info.Capabilities.Add(parsed);
        }

        return info;
    }

    private static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static bool TryReadAttributes(string text, out Dictionary<string, string> attributes)
    {
        attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        if (text.Length == 0)
            return true;
        try
        {
            var bytes = Convert.FromBase64String(text.Replace('-', '+').Replace('_', '/'));
            if (JsonSerializer.Deserialize<Dictionary<string, string?>>(bytes) is not { } read)
                return false;
            foreach (var (name, value) in read)
            {
                if (!string.IsNullOrEmpty(value))
                    attributes[name] = value;
            }

            return true;
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return false;
        }
    }
}
