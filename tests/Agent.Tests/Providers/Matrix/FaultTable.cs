using System.Text;
using Agent.Providers.Catalog;

namespace Agent.Tests.Providers.Matrix;

/// <summary>The table of docs/provider-faults.md.</summary>
internal static class FaultTable
{
    public static string Write(IReadOnlyList<MatrixCell> cells)
    {
        var page = new StringBuilder();
        foreach (var kind in cells.GroupBy(cell => cell.Provider.Kind).OrderBy(group => group.Key))
        {
            page.Append($"\n### {Title(kind.Key)}\n\n| fault |");
            var providers = kind.Select(cell => cell.Provider).Distinct().ToList();
            foreach (var provider in providers)
                page.Append($" {provider.Title} |");
            page.Append("\n|---|").Insert(page.Length, "---|", providers.Count).Append('\n');
            foreach (var fault in kind.GroupBy(cell => cell.Fault))
            {
                page.Append($"| {fault.Key.Title} |");
                foreach (var provider in providers)
                    page.Append($" {Words(fault.Single(cell => cell.Provider == provider && !cell.HasNext))} / {Words(fault.Single(cell => cell.Provider == provider && cell.HasNext))} |");
                page.Append('\n');
            }
        }

        return page.ToString();
    }

    private static string Title(ProviderKind kind) => kind switch
    {
        ProviderKind.SpeechToText => "Recognisers",
        ProviderKind.LanguageModel => "Language models",
        ProviderKind.TextToSpeech => "Synthesizers",
        _ => "Speech to speech",
    };

    private static string Words(MatrixCell cell) => cell.Outcome switch
    {
        MatrixOutcome.Answers => "answers",
        MatrixOutcome.TakenOver => "next answers",
        MatrixOutcome.SaysSo => "says so",
        _ => "nothing",
    };
}
