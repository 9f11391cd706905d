using Agent.Providers.Catalog;

namespace Agent.Providers.Local.Dialogue;

/// <summary>What a person said, as a recogniser wrote it down: without reliable punctuation, with words misheard.</summary>
internal sealed class HeardText
{
    public HeardText(string text) =>
        Words = [.. text.ToLowerInvariant().Replace("what's", "what is", StringComparison.Ordinal).Replace("i'm", "i am", StringComparison.Ordinal)
            .Split([' ', ',', '.', '!', '?', ';', ':', '\n', '\t', '"', '-'], StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>The words in lower case.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>Whether one of the words is there, or one that looks much like it.</summary>
    public bool Has(params ReadOnlySpan<string> alternatives) => IndexOf(alternatives) >= 0;

    /// <summary>Where the first of the words is; negative when none is there.</summary>
    public int IndexOf(params ReadOnlySpan<string> alternatives)
    {
        for (var i = 0; i < Words.Count; i++)
        {
            foreach (var alternative in alternatives)
            {
                if (IsLike(Words[i], alternative))
                    return i;
            }
        }

        return -1;
    }

    /// <summary>Where the words follow one another; negative when they do not.</summary>
    public int IndexOfPhrase(string phrase)
    {
        var words = phrase.Split(' ');
        for (var i = 0; i + words.Length <= Words.Count; i++)
        {
            var at = i;
            if (words.Select((word, offset) => IsLike(Words[at + offset], word)).All(like => like))
                return i;
        }

        return -1;
    }

    /// <summary>Whether one of the phrases is there.</summary>
    public bool HasPhrase(params ReadOnlySpan<string> phrases)
    {
        foreach (var phrase in phrases)
        {
            if (IndexOfPhrase(phrase) >= 0)
                return true;
        }

        return false;
    }

    /// <summary>Short words have too many neighbours to be guessed; a longer one may differ in one letter, a long one in two.</summary>
    private static bool IsLike(string heard, string meant)
    {
        if (string.Equals(heard, meant, StringComparison.Ordinal))
            return true;
        var allowed = meant.Length switch { < 5 => 0, < 8 => 1, _ => 2 };
        return allowed > 0 && heard[0] == meant[0] && NearestName.Distance(heard, meant) <= allowed;
    }
}
