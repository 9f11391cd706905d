using System.Collections.Immutable;
using System.Text.Json;

namespace Agent.Pipeline.Turns;

/// <summary>What people say over somebody who is speaking, in one language.</summary>
/// <param name="Backchannels">Signs of listening.</param>
/// <param name="Stops">Wishes for silence.</param>
/// <param name="Openers">What may stand before a wish for silence.</param>
/// <param name="Fragments">Words that are nothing alone.</param>
internal sealed record RemarkLanguage(ImmutableArray<string> Backchannels, ImmutableArray<string> Stops, ImmutableArray<string> Openers, ImmutableArray<string> Fragments)
{
    private const string Prefix = "Agent.Pipeline.Turns.Remarks.";

    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web) { ReadCommentHandling = JsonCommentHandling.Skip };
    private static readonly Lazy<ImmutableArray<RemarkLanguage>> s_all = new(Load);

    /// <summary>The languages that came with the program.</summary>
    internal static ImmutableArray<RemarkLanguage> All => s_all.Value;

    private static ImmutableArray<RemarkLanguage> Load()
    {
        var assembly = typeof(RemarkLanguage).Assembly;
        var languages = ImmutableArray.CreateBuilder<RemarkLanguage>();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            languages.Add(JsonSerializer.Deserialize<RemarkLanguage>(stream, s_options) ?? throw new InvalidOperationException($"The language file {name} is empty."));
        }

        return languages.ToImmutable();
    }
}
