namespace Agent.Pipeline.EndOfTurn.Text;

/// <summary>What the rules look at: the user's turn in the light of the agent's last words.</summary>
internal readonly ref struct TurnScene
{
    internal TurnScene(SpokenText user, SpokenText agent)
    {
        User = user;
        Agent = agent;
        Asked = First(agent.Phrases) is var asked and not PhraseKind.None ? asked : First(user.Phrases & ~(PhraseKind.Item | PhraseKind.Spelling));
        AgentAsked = agent.Count > 0 && agent.Last.After == '?';
        IsYesNo = AgentAsked && FirstOfLastSentence(agent).Is(WordClass.Auxiliary | WordClass.Copula);
    }

    internal SpokenText User { get; }

    internal SpokenText Agent { get; }

    /// <summary>The one thing that is being given: what the agent asked for, else what the user has announced.</summary>
    internal PhraseKind Asked { get; }

    /// <summary>Whether the agent's last sentence is a question.</summary>
    internal bool AgentAsked { get; }

    /// <summary>Whether it can be answered by yes or no.</summary>
    internal bool IsYesNo { get; }

    // The kinds are declared from the most to the least specific: "the code that we sent to your phone" is about a code.
    private static PhraseKind First(PhraseKind kinds)
    {
        var asked = (int)(kinds & PhraseKind.Asked);
        return (PhraseKind)(asked & -asked);
    }

    private static SpokenWord FirstOfLastSentence(SpokenText agent)
    {
        var i = agent.Count - 1;
        while (i > 0 && agent.Words[i - 1].After is not ('.' or '?' or '!'))
            i--;
        return agent.Words[i];
    }
}
