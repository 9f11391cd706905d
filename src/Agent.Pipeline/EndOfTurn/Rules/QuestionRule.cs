using Agent.Pipeline.EndOfTurn.Text;

namespace Agent.Pipeline.EndOfTurn.Rules;

/// <summary>Whole questions, and statements that end in a tag question.</summary>
internal sealed class QuestionRule : ITurnRule
{
    public void Weigh(in TurnScene scene, TurnLanguage language, ref TurnEvidence evidence)
    {
        var user = scene.User;
        if (user.Last.Ends(PhraseKind.Tag) && user.Count > 2)
        {
            evidence.Add(TurnCue.Tag);
            return;
        }

        // An open end makes no whole question, whatever its beginning.
        if (user.Last.Is(WordClass.Interrogative | WordClass.Preposition | WordClass.Attribute | WordClass.Demonstrative))
            return;
        var first = user.FirstContentWord();
        if (user.Count - first >= 3 && user.Words[first].Is(WordClass.Interrogative | WordClass.Auxiliary | WordClass.Copula))
            evidence.Add(TurnCue.Question);
    }
}
