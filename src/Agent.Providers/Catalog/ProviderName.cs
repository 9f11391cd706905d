using System.Diagnostics.CodeAnalysis;
using Agent.Pipeline.Errors;

namespace Agent.Providers.Catalog;

/// <summary>
/// A provider as it is named in configuration: <c>vendor/model[:variant]</c>, e.g. <c>local/flite:slt</c>. The vendor is compared
/// without regard to case; model and variant belong to the vendor and are kept as written.
/// </summary>
public sealed record ProviderName
{
    private ProviderName(string vendor, string model, string? variant)
    {
        Vendor = vendor;
        Model = model;
        Variant = variant;
    }

    /// <summary>Whose service or engine it is, in lower case, e.g. <c>local</c>.</summary>
    public string Vendor { get; }

    /// <summary>The vendor's model or engine, e.g. <c>flite</c>. May hold further slashes, as the names of open models do.</summary>
    public string Model { get; }

    /// <summary>A voice, a language or a size, e.g. <c>slt</c>; null when not given.</summary>
    public string? Variant { get; }

    /// <summary>Model and variant as they were written, for vendors whose own model names hold a colon.</summary>
    public string Selector => Variant is null ? Model : $"{Model}:{Variant}";

    /// <summary>Reads a name.</summary>
    /// <exception cref="ConfigurationException">The text is not of the form <c>vendor/model[:variant]</c>.</exception>
    public static ProviderName Parse(string text) =>
        TryParse(text, out var name)
            ? name
            : throw new ConfigurationException($"'{text}' is not a provider name; write vendor/model or vendor/model:variant, for example local/flite:slt.");

    /// <summary>Reads a name, or says that it is none.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ProviderName? name)
    {
        name = null;
        var trimmed = text.AsSpan().Trim();
        var slash = trimmed.IndexOf('/');
        if (slash <= 0 || trimmed.ContainsAny(" \t\r\n,"))
            return false;
        var vendor = trimmed[..slash];
        foreach (var c in vendor)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not '-' and not '_')
                return false;
        }

        var rest = trimmed[(slash + 1)..];
        var colon = rest.IndexOf(':');
        var model = colon < 0 ? rest : rest[..colon];
        var variant = colon < 0 ? default : rest[(colon + 1)..];
        if (model.IsEmpty || (colon >= 0 && variant.IsEmpty))
            return false;
        name = new ProviderName(vendor.ToString().ToLowerInvariant(), model.ToString(), colon < 0 ? null : variant.ToString());
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Vendor}/{Selector}";
}
