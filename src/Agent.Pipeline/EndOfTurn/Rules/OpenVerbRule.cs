using Agent.Pipeline.EndOfTurn.Text;

namespace Agent.Pipeline.EndOfTurn.Rules;

/// <summary>A last word that is a verb without what belongs to it: "I want", "my number is", "I'm".</summary>
internal sealed class OpenVerbRule : ITurnRule
{
    public void Weigh(in TurnScene scene, TurnLanguage language, ref TurnEvidence evidence)
    {
        var user = scene.User;
        var last = user.Last;
        if (last.Ends(PhraseKind.Complete | PhraseKind.Closing | PhraseKind.Tag))
            return;
        if (last.Is(WordClass.Contraction))
            evidence.Add(TurnCue.OpenVerb);
        else if (last.Is(WordClass.Copula | WordClass.Auxiliary))
        {
            if (!AnswerRule.IsEcho(scene, language) && !IsIndirectQuestion(user))
                evidence.Add(TurnCue.OpenVerb);
        }
        else if (last.Is(WordClass.Transitive) && !IsNoun(user) && !user.AnyBefore(1, WordClass.Gap))
            evidence.Add(user.Count == 1 ? TurnCue.PerhapsOpenWord : TurnCue.OpenVerb);
    }

    // "a good book"
    private static bool IsNoun(SpokenText user) =>
        user.FromEnd(2).Is(WordClass.Determiner | WordClass.Attribute | WordClass.Demonstrative | WordClass.NumberWord | WordClass.Number | WordClass.Ordinal);

    // "do you know where it is", "what do you do"
    private static bool IsIndirectQuestion(SpokenText user) =>
        user.FromEnd(2).Is(WordClass.Subject | WordClass.Pronoun | WordClass.Demonstrative) && user.AnyBefore(2, WordClass.Interrogative);
}
