using Agent.Providers.Vendors;

namespace Agent.Providers.AzureOpenAi;

/// <summary>What is fixed about Azure OpenAI.</summary>
internal static class AzureOpenAiVendor
{
    public const string Name = "azure-openai";

    public const string Section = "AzureOpenAi";

    public static VendorVariables Variables { get; } = new(["AZURE_OPENAI_API_KEY"], ["AZURE_OPENAI_ENDPOINT"]);

    /// <summary>
    /// The address of the interface: <c>/openai/v1</c>, which needs no dated version (learn.microsoft.com/azure/ai-foundry/openai/api-version-lifecycle, 2025-10),
    /// or <c>/openai</c> with deployments and a version below it (learn.microsoft.com/azure/ai-foundry/openai/reference, 2024-10-21). The resource's address may be given with or without these.
    /// </summary>
    public static Uri Address(Uri resource, string? apiVersion)
    {
        var path = resource.AbsolutePath.TrimEnd('/');
        foreach (var suffix in (ReadOnlySpan<string>)["/v1", "/openai"])
        {
            if (path.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
                path = path[..^suffix.Length];
        }

        return new UriBuilder(resource) { Path = path + (apiVersion is null ? "/openai/v1" : "/openai"), Query = "" }.Uri;
    }
}
