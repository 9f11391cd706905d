using Agent.Pipeline.EndOfTurn.Text;

namespace Agent.Pipeline.EndOfTurn.Rules;

/// <summary>A last word that needs another: an article, a preposition, a conjunction.</summary>
internal sealed class OpenWordRule : ITurnRule
{
    public void Weigh(in TurnScene scene, TurnLanguage language, ref TurnEvidence evidence)
    {
        var user = scene.User;
        if (user.Last.Ends(PhraseKind.Complete | PhraseKind.Closing | PhraseKind.Tag) || IsSpelled(user))
            return;
        if (Judge(scene) is { } cue)
            evidence.Add(cue);
    }

    // The letter a is no article, and i no subject, in "m a r i".
    internal static bool IsSpelled(SpokenText user) =>
        user.Last.Is(WordClass.Letter) && user.FromEnd(2) is var before && before.Is(WordClass.Letter) && !before.Is(WordClass.Determiner | WordClass.Subject);

    private static TurnCue? Judge(in TurnScene scene)
    {
        var user = scene.User;
        var last = user.Last;
        var before = user.FromEnd(2);
        if (last.Is(WordClass.Determiner | WordClass.Symbol) || last.Ends(PhraseKind.Subordinating))
            return TurnCue.OpenWord;
        if (last.Is(WordClass.Preposition | WordClass.Particle))
            return Preposition(user, last, before);
        if (last.Is(WordClass.Conjunction))
            return TurnCue.OpenWord;
        if (last.Is(WordClass.Interrogative))
            return user.Count <= 2 ? null : TurnCue.PerhapsOpenWord;
        if (last.Is(WordClass.Subordinator))
            return TurnCue.OpenWord;
        if (last.Is(WordClass.Intensifier))
            return scene.AgentAsked && user.Count == 1 ? null : TurnCue.OpenWord;
        if (last.Is(WordClass.Hedge))
            return scene.IsYesNo && user.Count <= 2 ? null : TurnCue.OpenWord;
        if (last.Is(WordClass.Negation))
            return before.Is(WordClass.Contraction | WordClass.Interrogative | WordClass.Reply | WordClass.Copula | WordClass.Hedge) ? null : TurnCue.OpenWord;
        if (last.Is(WordClass.Title))
            return before.Is(WordClass.Determiner) ? null : TurnCue.OpenWord;
        if (last.Is(WordClass.Attribute))
            return before.Is(WordClass.Determiner | WordClass.Unit) ? TurnCue.PerhapsOpenWord : null;
        if (last.Is(WordClass.Demonstrative))
            return before.Is(WordClass.AnyVerb | WordClass.Preposition | WordClass.Interrogative | WordClass.Determiner | WordClass.Attribute | WordClass.Ordinal) ? null : TurnCue.PerhapsOpenWord;
        return null;
    }

    // "what's it for", "turn it on": a preposition may be left behind by a question word, or end a verb.
    private static TurnCue? Preposition(SpokenText user, SpokenWord last, SpokenWord before)
    {
        if (last.Is(WordClass.Particle) && before.Is(WordClass.Verb | WordClass.Pronoun))
            return null;
        if (user.AnyBefore(2, WordClass.Interrogative))
            return before.Is(WordClass.Pronoun | WordClass.Subject | WordClass.Verb) ? null : TurnCue.PerhapsOpenWord;
        return TurnCue.OpenWord;
    }
}
