namespace Agent.Pipeline.EndOfTurn.Text;

/// <summary>Words that mean something together.</summary>
/// <param name="Words">In order.</param>
/// <param name="Kind">What they mean.</param>
/// <param name="IsWholeTurn">Whether they mean it only when nothing stands before them.</param>
internal sealed record TurnPhrase(string[] Words, PhraseKind Kind, bool IsWholeTurn)
{
    internal bool Matches(ReadOnlySpan<char> text, ReadOnlySpan<SpokenWord> words, int last)
    {
        var first = last - Words.Length + 1;
        if (first < 0 || (IsWholeTurn && first > 0))
            return false;
        for (var i = 0; i < Words.Length; i++)
        {
            var word = words[first + i];
            if (!text.Slice(word.Start, word.Length).Equals(Words[i], StringComparison.OrdinalIgnoreCase))
                return false;
        }

        return true;
    }
}
