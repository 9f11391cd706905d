using Agent.Pipeline.EndOfTurn.Text;

namespace Agent.Pipeline.EndOfTurn.Rules;

/// <summary>More was announced than has come: "I have two questions", "first I …".</summary>
internal sealed class AnnouncementRule : ITurnRule
{
    public void Weigh(in TurnScene scene, TurnLanguage language, ref TurnEvidence evidence)
    {
        var user = scene.User;
        if ((user.Phrases & PhraseKind.Announcement) == PhraseKind.None)
            return;
        for (var i = user.Count - 1; i >= 0; i--)
        {
            if (user.Words[i].Ends(PhraseKind.Announcement))
            {
                evidence.Add(TurnCue.Announcement);
                return;
            }

            if (user.Words[i].Is(WordClass.Continuation | WordClass.Conjunction))
                return;
        }
    }
}
