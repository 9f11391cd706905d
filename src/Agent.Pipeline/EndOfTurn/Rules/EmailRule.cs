using Agent.Pipeline.EndOfTurn.Text;

namespace Agent.Pipeline.EndOfTurn.Rules;

/// <summary>E-mail addresses, spoken ("ada at example dot com") or written by the recogniser.</summary>
internal sealed class EmailRule : ITurnRule
{
    private const int ShortAnswer = 3;

    public void Weigh(in TurnScene scene, TurnLanguage language, ref TurnEvidence evidence)
    {
        var user = scene.User;
        if ((user.Classes & WordClass.Email) != WordClass.None)
        {
            evidence.Add(IsWhole(user) ? TurnCue.EmailComplete : TurnCue.EmailOpen);
            return;
        }

        if (scene.Asked != PhraseKind.Email)
            return;
        var at = LastAt(user);
        if (at >= 0)
            evidence.Add(HasDomain(user.Words[(at + 1)..]) ? TurnCue.EmailComplete : TurnCue.EmailOpen);
        else if (IsBegun(scene))
            evidence.Add(TurnCue.EmailOpen);
    }

    private static bool IsWhole(SpokenText user)
    {
        foreach (ref readonly var word in user.Words)
        {
            if (word.Is(WordClass.Email) && user.Spelling(word) is var address && address[address.IndexOf('@')..].Contains('.'))
                return true;
        }

        return false;
    }

    private static int LastAt(SpokenText user)
    {
        for (var i = user.Count - 1; i > 0; i--)
        {
            if (user.Words[i].Is(WordClass.At))
                return i;
        }

        return -1;
    }

    // "example dot com": a dot with something on either side.
    private static bool HasDomain(ReadOnlySpan<SpokenWord> words)
    {
        for (var i = 1; i < words.Length - 1; i++)
        {
            if (words[i].Is(WordClass.Dot))
                return !words[^1].Is(WordClass.Dot | WordClass.Symbol);
        }

        return false;
    }

    private static bool IsBegun(in TurnScene scene)
    {
        var user = scene.User;
        var asked = (scene.Agent.Phrases & PhraseKind.Email) != PhraseKind.None;
        return (user.Classes & (WordClass.Dot | WordClass.Symbol)) != WordClass.None
            || (user.Last.Is(WordClass.Letter) && user.FromEnd(2).Is(WordClass.Letter))
            || (asked && user.Count <= ShortAnswer && !user.Last.Is(WordClass.Reply | WordClass.AnyVerb));
    }
}
