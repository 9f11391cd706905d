using Agent.Pipeline.EndOfTurn.Text;

namespace Agent.Pipeline.EndOfTurn.Rules;

/// <summary>Short answers: "yes", "I do", "five", "Tuesday" in the light of the question.</summary>
internal sealed class AnswerRule : ITurnRule
{
    private const int ShortAnswer = 5;

    private const PhraseKind Dictated = PhraseKind.Asked & ~(PhraseKind.Item | PhraseKind.Date);

    public void Weigh(in TurnScene scene, TurnLanguage language, ref TurnEvidence evidence)
    {
        var user = scene.User;
        if (IsReply(user) || IsEcho(scene, language))
            evidence.Add(TurnCue.WholeAnswer);
        else if (scene.AgentAsked && !scene.IsYesNo && user.Count <= ShortAnswer && (scene.Asked & Dictated) == PhraseKind.None)
            evidence.Add(TurnCue.Item);
    }

    /// <summary>Whether the turn ends like "yes I do" as an answer to "Do you …?".</summary>
    internal static bool IsEcho(in TurnScene scene, TurnLanguage language)
    {
        var user = scene.User;
        if (!scene.IsYesNo || !user.Last.Is(WordClass.Copula | WordClass.Auxiliary | WordClass.NegatedAuxiliary) || user.Count - user.FirstContentWord() > 3)
            return false;
        foreach (ref readonly var word in scene.Agent.Words)
        {
            if (word.Is(WordClass.Auxiliary | WordClass.Copula))
                return language.Echo(scene.Agent.Spelling(word), user.Spelling(user.Last));
        }

        return false;
    }

    private static bool IsReply(SpokenText user)
    {
        var replies = 0;
        foreach (ref readonly var word in user.Words)
        {
            if (word.Is(WordClass.Reply))
                replies++;
            else if (!word.Is(WordClass.Courtesy))
                return false;
        }

        return replies > 0;
    }
}
