using System.Collections.Frozen;

namespace Agent.Pipeline.Text;

/// <summary>Words before which a long clause may be divided without sounding cut: a new phrase begins with them.</summary>
internal static class Conjunctions
{
    private static readonly FrozenSet<string> s_words = new[]
    {
        "and", "but", "or", "because", "so", "which", "that", "who", "where", "when", "while", "if", "although", "though", "since", "unless", "until", "whereas",
        "und", "oder", "aber", "denn", "weil", "dass", "wenn", "während", "obwohl", "sondern",
        "et", "mais", "ou", "donc", "car", "que", "qui", "quand", "lorsque", "puisque",
        "y", "e", "o", "pero", "porque", "cuando", "mientras", "aunque", "sino",
        "ma", "perché", "quando", "mentre", "che", "mas", "enquanto", "en", "maar", "omdat", "terwijl", "och", "men", "eftersom",
        "и", "но", "или", "что", "потому", "когда", "если", "і", "або", "але", "що", "oraz", "ale", "lub", "że", "bo", "gdy",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    internal static bool Contain(ReadOnlySpan<char> word) => s_words.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);
}
