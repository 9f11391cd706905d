using Agent.Pipeline.EndOfTurn.Text;

namespace Agent.Pipeline.EndOfTurn.Rules;

/// <summary>What the recogniser wrote behind the last word. Many write a full stop at every pause, so it is evidence and no proof.</summary>
internal sealed class PunctuationRule : ITurnRule
{
    public void Weigh(in TurnScene scene, TurnLanguage language, ref TurnEvidence evidence)
    {
        switch (scene.User.Last.After)
        {
            case '.' or '!' or '。' or '！':
                evidence.Add(TurnCue.FullStop);
                break;
            case '?' or '？':
                evidence.Add(TurnCue.QuestionMark);
                break;
            case ',' or ';' or ':' or '、':
                evidence.Add(TurnCue.Comma);
                break;
            case '…':
                evidence.Add(TurnCue.TrailingOff);
                break;
            case '\0' when IsPunctuated(scene.User):
                evidence.Add(TurnCue.NoPunctuation);
                break;
        }
    }

    // A recogniser that has written a comma or a full stop would have ended a sentence with one.
    private static bool IsPunctuated(SpokenText user)
    {
        foreach (ref readonly var word in user.Words[..^1])
        {
            if (word.After is ',' or '.' or '?' or '!')
                return true;
        }

        return false;
    }
}
