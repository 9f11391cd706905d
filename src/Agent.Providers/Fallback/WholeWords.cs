namespace Agent.Providers.Fallback;

/// <summary>Holds the beginning of a word back until the word is whole. A word of a script without spaces is not held for long.</summary>
internal sealed class WholeWords
{
    private const int LongestWord = 24;

    private string _held = "";

    internal bool IsEmpty => _held.Length == 0;

    internal string Add(string text)
    {
        var all = _held + text;
        var end = all.Length;
        while (end > 0 && !char.IsWhiteSpace(all[end - 1]))
            end--;
        if (all.Length - end > LongestWord)
            end = all.Length;
        _held = all[end..];
        return all[..end];
    }

    internal string Rest()
    {
        var rest = _held;
        _held = "";
        return rest;
    }
}
