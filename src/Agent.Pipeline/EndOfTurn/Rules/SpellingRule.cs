using Agent.Pipeline.EndOfTurn.Text;

namespace Agent.Pipeline.EndOfTurn.Rules;

/// <summary>Words spelled letter by letter. Whole when the letters make up a word that was said before: "Cohen, C O H E N".</summary>
internal sealed class SpellingRule : ITurnRule
{
    private const PhraseKind OwnRules = PhraseKind.Card | PhraseKind.Code | PhraseKind.Phone | PhraseKind.Postcode | PhraseKind.Reference | PhraseKind.Email | PhraseKind.Address | PhraseKind.Item;

    public void Weigh(in TurnScene scene, TurnLanguage language, ref TurnEvidence evidence)
    {
        var user = scene.User;
        if (scene.Asked != PhraseKind.None && (user.FromEnd(2).Ends(PhraseKind.AsIn) || user.Last.Ends(PhraseKind.AsIn)))
        {
            evidence.Add(TurnCue.SpellingOpen);
            return;
        }

        if ((scene.Asked & OwnRules) != PhraseKind.None)
            return;
        Span<char> letters = stackalloc char[user.Count];
        var count = 0;
        while (count < user.Count && user.FromEnd(count + 1) is var word && word.Is(WordClass.Letter))
        {
            letters[^(count + 1)] = user.Text[word.Start];
            count++;
        }

        if (count == 0 || (count == 1 && (scene.Asked != PhraseKind.Spelling || user.Last.Is(WordClass.Determiner | WordClass.Subject))))
            return;
        letters = letters[^count..];
        var isWhole = Has(user, user.Count - count, letters) || Has(scene.Agent, scene.Agent.Count, letters);
        evidence.Add(isWhole ? TurnCue.SpellingComplete : TurnCue.SpellingOpen);
    }

    private static bool Has(SpokenText text, int words, ReadOnlySpan<char> spelled)
    {
        for (var i = 0; i < words; i++)
        {
            if (text.Spelling(text.Words[i]).Equals(spelled, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
