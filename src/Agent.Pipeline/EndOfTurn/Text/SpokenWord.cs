namespace Agent.Pipeline.EndOfTurn.Text;

/// <summary>One word of a text with what its language knows about it.</summary>
/// <param name="Start">Where it begins in the text.</param>
/// <param name="Length">How long it is, without punctuation around it.</param>
/// <param name="Class">Everything that it can be.</param>
/// <param name="Phrases">The kinds of phrases that end with it.</param>
/// <param name="Digits">How many figures or letters it stands for when it is dictated; 0 for ordinary words.</param>
/// <param name="After">The punctuation behind it; '\0' for none.</param>
internal readonly record struct SpokenWord(int Start, int Length, WordClass Class, PhraseKind Phrases, int Digits, char After)
{
    internal bool Is(WordClass any) => (Class & any) != WordClass.None;

    internal bool Ends(PhraseKind any) => (Phrases & any) != PhraseKind.None;
}
