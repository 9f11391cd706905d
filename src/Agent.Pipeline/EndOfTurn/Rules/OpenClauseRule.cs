using Agent.Pipeline.EndOfTurn.Text;

namespace Agent.Pipeline.EndOfTurn.Rules;

/// <summary>A clause that another has to follow: "if you come on Monday", "…, but if my boss", "the woman I talked to".</summary>
internal sealed class OpenClauseRule : ITurnRule
{
    public void Weigh(in TurnScene scene, TurnLanguage language, ref TurnEvidence evidence)
    {
        var user = scene.User;
        if (user.Last.Ends(PhraseKind.Complete | PhraseKind.Closing | PhraseKind.Tag))
            return;
        if (IsOpen(scene, user.Words[LastClause(user)..]) || IsBareSubordinate(user) || IsSubjectWithClause(user.Words[user.FirstContentWord()..]))
            evidence.Add(TurnCue.OpenClause);
    }

    // Behind the last "and" or "but" a new sentence may begin.
    private static int LastClause(SpokenText user)
    {
        for (var i = user.Count - 3; i > 0; i--)
        {
            if (user.Words[i].Is(WordClass.Conjunction) && (user.Words[i + 1].Is(WordClass.Subordinator) || user.Words[i + 2].Ends(PhraseKind.Subordinating)))
                return i + 1;
        }

        return user.FirstContentWord();
    }

    private static bool IsOpen(in TurnScene scene, ReadOnlySpan<SpokenWord> words)
    {
        if (words.Length < 2)
            return false;
        var isPhrase = false;
        for (var i = 0; i < Math.Min(3, words.Length); i++)
            isPhrase |= words[i].Ends(PhraseKind.Subordinating);
        if (!isPhrase && (!words[0].Is(WordClass.Subordinator) || words[0].Is(WordClass.Conjunction)))
            return false;

        // "when do you close" asks, and "when I get home" answers "When …?"
        var isQuestionWord = words[0].Is(WordClass.Interrogative);
        if (isQuestionWord && (scene.AgentAsked || words[1].Is(WordClass.Auxiliary | WordClass.Copula)))
            return false;

        // "since Monday" is no clause.
        return Clauses(words) == 1 || (Clauses(words) == 0 && words[^1].Is(WordClass.Subject | WordClass.Pronoun));
    }

    // "it would work if my boss": since the last "if" no verb has come.
    private static bool IsBareSubordinate(SpokenText user)
    {
        for (var i = user.Count - 1; i > 0; i--)
        {
            var word = user.Words[i];
            if (word.Is(WordClass.AnyVerb))
                return false;
            if (word.Is(WordClass.Subordinator | WordClass.Conjunction))
            {
                var next = i + 1 < user.Count ? user.Words[i + 1] : default;
                return word.Is(WordClass.Subordinator) && !word.Is(WordClass.Preposition | WordClass.Interrogative) && next.Is(WordClass.Determiner | WordClass.Subject | WordClass.Pronoun);
            }
        }

        return false;
    }

    // "the woman I talked to", "the guy who came to fix it": what she did is yet to come.
    private static bool IsSubjectWithClause(ReadOnlySpan<SpokenWord> words)
    {
        if (words.Length < 4 || !words[0].Is(WordClass.Determiner))
            return false;
        for (var i = 2; i < words.Length - 1; i++)
        {
            if (words[i].Is(WordClass.Interrogative) || (words[i].Is(WordClass.Subject) && !words[i - 1].Is(WordClass.Conjunction)))
                return Clauses(words) < 2;
            if (words[i].Is(WordClass.AnyVerb | WordClass.Conjunction))
                return false;
        }

        return false;
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
