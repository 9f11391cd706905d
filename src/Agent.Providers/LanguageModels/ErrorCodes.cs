using System.Text.Json;
using Agent.Providers.Vendors;

namespace Agent.Providers.LanguageModels;

/// <summary>
/// The fixed words in a vendor's report of an error: <c>{"error":{"type","code"}}</c> (OpenAI, Azure, Anthropic), or the same at the top (vLLM). Messages
/// are left alone: they may repeat what was sent.
/// </summary>
internal static class ErrorCodes
{
    private const int MaxLength = 64;

    internal static IReadOnlyList<string> Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            // A gateway's page, as HTML or nothing at all.
            return [];
        }
    }

    internal static IReadOnlyList<string> Read(JsonElement root)
    {
        var codes = new List<string>();
        if (root.ValueKind == JsonValueKind.Object)
        {
            if (root.TryGetProperty("error", out var error))
                Add(error, codes);
            if (codes.Count == 0)
                Add(root, codes);
        }

        return codes;
    }

    /// <summary>The word alone, if it is a fixed one.</summary>
    internal static IReadOnlyList<string> Words(string? word) => IsWord(word) ? [word!] : [];

    private static bool IsWord(string? word) =>
        word is { Length: > 0 and <= MaxLength } && word.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.');

    private static void Add(JsonElement error, List<string> codes)
    {
        if (error.ValueKind != JsonValueKind.Object)
            return;
        foreach (var name in (ReadOnlySpan<string>)["code", "type"])
        {
            if (error.TryGetProperty(name, out var value) && JsonText.Of(value) is { } word && IsWord(word))
                codes.Add(word);
        }
    }
}
