using Agent.LoopbackVendors.Serving;

namespace Agent.LoopbackVendors.OpenAi.Chat;

/// <summary>Who is billed, where the request names one (platform.openai.com/docs/api-reference/authentication, 2026).</summary>
internal static class BillingHeaders
{
    public static void Note(HttpRequest request, VendorRequest seen)
    {
        foreach (var name in (string[])["OpenAI-Organization", "OpenAI-Project"])
        {
            if (request.Headers.TryGetValue(name, out var value))
                seen.Note($"{name}: {value}");
        }
    }
}
