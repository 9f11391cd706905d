using System.Text;
using Agent.Providers.Catalog;

namespace Agent.Tests.Providers.Documentation;

/// <summary>What the providers of the catalog say of themselves, as the tables of docs/providers.md.</summary>
internal static class CapabilityTable
{
    public static string Of(ProviderCatalog catalog, ProviderKind kind) => kind switch
    {
        ProviderKind.SpeechToText => Recognisers(catalog),
        ProviderKind.TextToSpeech => Synthesizers(catalog),
        _ => Names(catalog, kind),
    };

    private static string Recognisers(ProviderCatalog catalog)
    {
        var table = new StringBuilder("| recogniser | takes | interim results | end of turn | word timings |\n|---|---|---|---|---|\n");
        foreach (var name in catalog.Names(ProviderKind.SpeechToText))
        {
            var can = catalog.GetSpeechToText(name).Capabilities;
            table.Append($"| `{name}` | {Kilohertz(can.SampleRateHz)} | {Yes(can.InterimResults)} | {Yes(can.EndOfTurn)} | {Yes(can.WordTimings)} |\n");
        }

        return table.ToString();
    }

    private static string Synthesizers(ProviderCatalog catalog)
    {
        var table = new StringBuilder("| synthesizer | makes | word timings |\n|---|---|---|\n");
        foreach (var name in catalog.Names(ProviderKind.TextToSpeech))
        {
            var can = catalog.GetTextToSpeech(name).Capabilities;
            table.Append($"| `{name}` | {Kilohertz(can.SampleRateHz)} | {Yes(can.WordTimings)} |\n");
        }

        return table.ToString();
    }

    private static string Names(ProviderCatalog catalog, ProviderKind kind) => string.Join(", ", catalog.Names(kind).Select(name => $"`{name}`"));

    private static string Kilohertz(int rate) => $"{(rate / 1000.0).ToString("0.##", System.Globalization.CultureInfo.InvariantCulture)} kHz";

    private static string Yes(bool can) => can ? "yes" : "–";
}
