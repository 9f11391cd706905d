using Agent.Providers.Resilience;

namespace Agent.Providers.OpenAi.Chat;

/// <summary>What is to be known of a server that speaks OpenAI's protocol.</summary>
/// <param name="Vendor">Its name in provider names.</param>
/// <param name="Address">Where it is, with the version.</param>
/// <param name="ApiKey">Its key; empty where it needs none.</param>
/// <param name="Api">Which interface is used.</param>
/// <param name="Dialect">Which dialect; never <see cref="OpenAiDialect.Automatic"/>.</param>
/// <param name="ReasoningEffort">How much its models think; null is their default.</param>
/// <param name="Resilience">How patient we are.</param>
internal sealed record ChatServerSetup(
    string Vendor, Uri Address, string ApiKey, OpenAiApi Api, OpenAiDialect Dialect, string? ReasoningEffort, ResilienceOptions Resilience)
{
    /// <summary>The header that carries the key alone; null is a bearer token.</summary>
    internal string? KeyHeader { get; init; }

    /// <summary>The <c>api-version</c> of Azure's older addresses, which name the deployment in the path; null elsewhere.</summary>
    internal string? ApiVersion { get; init; }

    internal string? Organization { get; init; }

    internal string? Project { get; init; }

    internal static OpenAiDialect Resolve(OpenAiDialect dialect, Uri address) =>
        dialect != OpenAiDialect.Automatic ? dialect
        : address.Host.EndsWith(".openai.com", StringComparison.OrdinalIgnoreCase) ? OpenAiDialect.OpenAi
        : OpenAiDialect.Compatible;

    // Records print their members, and this one holds a key.
    public override string ToString() => $"{Vendor} at {Address}";
}
