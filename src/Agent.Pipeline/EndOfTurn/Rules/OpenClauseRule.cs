using Agent.Pipeline.EndOfTurn.Text;

namespace Agent.Pipeline.EndOfTurn.Rules;

/// <summary>A subordinate clause at the beginning that has no main clause yet: "if you come on Monday".</summary>
internal sealed class OpenClauseRule : ITurnRule
{
    public void Weigh(in TurnScene scene, TurnLanguage language, ref TurnEvidence evidence)
    {
        var user = scene.User;
        var first = user.FirstContentWord();
        if (!user.Words[first].Is(WordClass.Subordinator) || first == user.Count - 1)
            return;

        // "when do you close" asks, and "when I get home" answers "When …?"
        var isQuestionWord = user.Words[first].Is(WordClass.Interrogative);
        if (isQuestionWord && (scene.AgentAsked || user.Words[first + 1].Is(WordClass.Auxiliary | WordClass.Copula)))
            return;
        if (Clauses(user.Words[first..]) < 2)
            evidence.Add(TurnCue.OpenClause);
    }

    // Verbs next to each other are one: "could have come", "want to go".
    private static int Clauses(ReadOnlySpan<SpokenWord> words)
    {
        var clauses = 0;
        var inVerb = false;
        foreach (ref readonly var word in words)
        {
            if (word.Is(WordClass.AnyVerb))
            {
                clauses += inVerb ? 0 : 1;
                inVerb = true;
            }
            else if (!word.Is(WordClass.Preposition | WordClass.Negation | WordClass.Intensifier))
            {
                inVerb = false;
            }
        }

        return clauses;
    }
}
