using System.Collections.Frozen;

namespace Agent.Pipeline.Turns;

/// <summary>
/// Tells signs of listening and wishes for silence from other speech, by lists of phrases in several languages at once: who says "genau" in an English
/// conversation means it as well. Case and punctuation do not count, nor does how long a sound is drawn.
/// </summary>
internal sealed class RemarkWords
{
    /// <summary>The words that came with the program.</summary>
    internal static readonly RemarkWords Usual = new(RemarkLanguage.All, [], []);

    private const int LongestPhrase = 4;

    private readonly FrozenSet<string> _backchannels;
    private readonly FrozenSet<string> _beginnings;
    private readonly FrozenSet<string> _stops;
    private readonly FrozenSet<string> _openers;
    private readonly FrozenSet<string> _fragments;

    /// <param name="languages">The lists to begin with.</param>
    /// <param name="backchannels">More signs of listening.</param>
    /// <param name="stops">More wishes for silence; a phrase that is in both is one.</param>
    internal RemarkWords(IReadOnlyCollection<RemarkLanguage> languages, IEnumerable<string> backchannels, IEnumerable<string> stops)
    {
        _stops = Set(languages.SelectMany(language => language.Stops).Concat(stops));
        _fragments = Set(languages.SelectMany(language => language.Fragments));
        _openers = Set(languages.SelectMany(language => language.Openers));
        _backchannels = Set(languages.SelectMany(language => language.Backchannels).Concat(backchannels).Except(stops, StringComparer.OrdinalIgnoreCase));
        _beginnings = _backchannels.SelectMany(Beginnings).ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>The words that came with the program, and more. Without more they are the same for every session: sorting them takes longer than a session should to begin.</summary>
    internal static RemarkWords With(ICollection<string> backchannels, ICollection<string> stops) =>
        backchannels.Count == 0 && stops.Count == 0 ? Usual : new RemarkWords(RemarkLanguage.All, backchannels, stops);

    /// <summary>Judges what was understood so far.</summary>
    /// <param name="text">The words.</param>
    /// <param name="mayGoOn">Whether more may follow: "I" may become "I see".</param>
    internal Remark Judge(string text, bool mayGoOn = false)
    {
        var words = SpokenWords.Split(text);
        if (words.Count == 0)
            return Remark.None;
        if (IsStop(words))
            return Remark.Stop;
        if (IsBackchannel(words, mayGoOn))
            return Remark.Backchannel;
        return words.Count == 1 && _fragments.Contains(words[0]) ? Remark.Fragment : Remark.Speech;
    }

    private static FrozenSet<string> Set(IEnumerable<string> phrases) =>
        phrases.Select(phrase => string.Join(' ', SpokenWords.Split(phrase))).Where(phrase => phrase.Length > 0).ToFrozenSet(StringComparer.Ordinal);

    private static IEnumerable<string> Beginnings(string phrase)
    {
        for (var space = phrase.IndexOf(' ', StringComparison.Ordinal); space > 0; space = phrase.IndexOf(' ', space + 1))
            yield return phrase[..space];
    }

    /// <summary>A wish for silence is what is said first, but for words that lead up to it: "I cannot wait to hear that" is none.</summary>
    private bool IsStop(List<string> words)
    {
        for (var at = 0; at < words.Count;)
        {
            if (Match(_stops, words, at) > 0)
                return true;
            var opener = Match(_openers, words, at);
            if (opener == 0)
                return false;
            at += opener;
        }

        return false;
    }

    private bool IsBackchannel(List<string> words, bool mayGoOn)
    {
        // The longest phrase first is enough: no phrase of the lists is a mere beginning of another with a different rest.
        for (var at = 0; at < words.Count;)
        {
            var length = Match(_backchannels, words, at);
            if (length == 0)
                return mayGoOn && words.Count - at < LongestPhrase && _beginnings.Contains(string.Join(' ', words.GetRange(at, words.Count - at)));
            at += length;
        }

        return true;
    }

    private static int Match(FrozenSet<string> phrases, List<string> words, int at)
    {
        for (var length = Math.Min(LongestPhrase, words.Count - at); length > 0; length--)
        {
            if (phrases.Contains(length == 1 ? words[at] : string.Join(' ', words.GetRange(at, length))))
                return length;
        }

        return 0;
    }
}
