using Agent.Pipeline.EndOfTurn.Text;

namespace Agent.Pipeline.EndOfTurn.Rules;

/// <summary>A subject that waits for its verb: "and then they", "can you".</summary>
internal sealed class OpenSubjectRule : ITurnRule
{
    private const int BareNoun = 5;

    public void Weigh(in TurnScene scene, TurnLanguage language, ref TurnEvidence evidence)
    {
        var user = scene.User;
        var last = user.Last;
        var before = user.FromEnd(2);
        if (last.Ends(PhraseKind.Complete | PhraseKind.Closing | PhraseKind.Tag) || OpenWordRule.IsSpelled(user))
            return;
        if (last.Is(WordClass.Subject))
            evidence.Add(TurnCue.OpenSubject);
        else if (last.Ends(PhraseKind.Opening))
            evidence.Add(TurnCue.OpenQuestion);
        else if (last.Is(WordClass.Pronoun))
        {
            if (before.Is(WordClass.Continuation | WordClass.Subordinator))
            {
                evidence.Add(TurnCue.OpenSubject);
                return;
            }

            // "where is it" is complete, "how much does it" is not; in "I did it" nothing is inverted.
            if (user.FromEnd(3).Is(WordClass.Subject | WordClass.Pronoun | WordClass.Demonstrative | WordClass.Preposition | (WordClass.AnyVerb & ~WordClass.Verb)))
                return;
            if (before.Is(WordClass.Auxiliary) || (before.Is(WordClass.Copula) && !user.AnyBefore(2, WordClass.Interrogative)))
                evidence.Add(TurnCue.OpenQuestion);
        }
        else if (before.Is(WordClass.Determiner) && IsAuxiliaryAlone(user))
        {
            // "has my parcel"
            evidence.Add(TurnCue.OpenQuestion);
        }
        else if (!scene.AgentAsked && user.Count is >= 2 and <= BareNoun && user.Words[user.FirstContentWord()].Is(WordClass.Determiner) && (user.Classes & WordClass.AnyVerb) == WordClass.None)
        {
            // "my order number": nobody asked for a noun.
            evidence.Add(TurnCue.PerhapsOpenWord);
        }
    }

    private static bool IsAuxiliaryAlone(SpokenText user)
    {
        var first = user.FirstContentWord();
        if (!user.Words[first].Is(WordClass.Auxiliary))
            return false;
        foreach (ref readonly var word in user.Words[(first + 1)..])
        {
            if (word.Is(WordClass.AnyVerb))
                return false;
        }

        return true;
    }
}
