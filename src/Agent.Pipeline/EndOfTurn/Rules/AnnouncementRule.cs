using Agent.Pipeline.EndOfTurn.Text;

namespace Agent.Pipeline.EndOfTurn.Rules;

/// <summary>More was announced than has come: "I have two questions", "first I …".</summary>
internal sealed class AnnouncementRule : ITurnRule
{
    public void Weigh(in TurnScene scene, TurnLanguage language, ref TurnEvidence evidence)
    {
        var user = scene.User;
        if ((user.Phrases & PhraseKind.Announcement) == PhraseKind.None && (user.Classes & (WordClass.Announced | WordClass.Correlative)) == WordClass.None)
            return;
        if (user.Last.Ends(PhraseKind.Complete))
            return;
        var isVerbSeen = false;
        for (var i = user.Count - 1; i >= 0; i--)
        {
            if (user.Words[i].Ends(PhraseKind.Announcement) || IsCounted(user, i) || (user.Words[i].Is(WordClass.Correlative) && i < user.Count - 1 && !isVerbSeen))
            {
                evidence.Add(TurnCue.Announcement);
                return;
            }

            if (user.Words[i].Is(WordClass.Continuation | WordClass.Conjunction))
                return;
            isVerbSeen |= user.Words[i].Is(WordClass.AnyVerb);
        }
    }

    // "three issues"
    private static bool IsCounted(SpokenText user, int i) =>
        i > 0 && user.Words[i].Is(WordClass.Announced) && user.Words[i - 1].Is(WordClass.NumberWord | WordClass.Number);
}
