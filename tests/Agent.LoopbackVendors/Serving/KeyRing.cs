namespace Agent.LoopbackVendors.Serving;

/// <summary>Which keys are good: one, or any but the empty one and <c>wrong-key</c>.</summary>
/// <param name="only">The only good key; null takes any.</param>
internal sealed class KeyRing(string? only)
{
    public const string WrongKey = "wrong-key";

    public bool IsGood(string? key) => !string.IsNullOrEmpty(key) && (only is null ? key != WrongKey : key == only);

    /// <summary>The key of an <c>Authorization</c> header with the given scheme; null when there is none.</summary>
    public static string? FromAuthorization(HttpRequest request, string scheme)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(scheme + " ", StringComparison.OrdinalIgnoreCase) ? header[(scheme.Length + 1)..].Trim() : null;
    }
}
