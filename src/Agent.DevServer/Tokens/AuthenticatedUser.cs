namespace Agent.DevServer.Tokens;

/// <summary>Takes the access token from a request, verifies it, and keeps it with the request.</summary>
internal static class AuthenticatedUser
{
    private const string Bearer = "Bearer ";
    private static readonly object ItemKey = new();

    /// <summary>The request's verified token; null when it brought none.</summary>
    public static AccessToken? Of(HttpContext context) => context.Items[ItemKey] as AccessToken;

    /// <summary>Verifies the token that the request brings, if it brings one.</summary>
    /// <returns>Why the request must be refused with status 401; null when it may go on.</returns>
    public static string? Verify(HttpContext context, TokenCodec codec)
    {
        string text;
        var header = context.Request.Headers.Authorization.ToString();
        if (header.Length > 0)
        {
            if (!header.StartsWith(Bearer, StringComparison.Ordinal))
                return "invalid authorization header. Must start with Bearer ";
            text = header[Bearer.Length..];
        }
        else
        {
            text = context.Request.Query["access_token"].ToString();
        }

        if (text.Length == 0)
            return null;
        if (!codec.TryVerify(text, out var token, out var error))
            return error;
        context.Items[ItemKey] = token;
        return null;
    }
}
