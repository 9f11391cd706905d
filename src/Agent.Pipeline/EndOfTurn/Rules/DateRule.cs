using Agent.Pipeline.EndOfTurn.Text;

namespace Agent.Pipeline.EndOfTurn.Rules;

/// <summary>Dates of birth, which need a year, and months, which need a day.</summary>
internal sealed class DateRule : ITurnRule
{
    public void Weigh(in TurnScene scene, TurnLanguage language, ref TurnEvidence evidence)
    {
        var user = scene.User;
        if (scene.Asked == PhraseKind.Date && user.Last.Is(WordClass.Month) && (user.Classes & (WordClass.Ordinal | WordClass.Number | WordClass.NumberWord)) == WordClass.None)
            evidence.Add(TurnCue.DateOpen);
        if (scene.Asked != PhraseKind.BirthDate || (user.Classes & (WordClass.Month | WordClass.Ordinal | WordClass.Number | WordClass.NumberWord)) == WordClass.None)
            return;
        evidence.Add(HasYear(user) ? TurnCue.DateComplete : TurnCue.DateOpen);
    }

    // "1985", "03/14/85", "nineteen eighty five", "two thousand one"
    private static bool HasYear(SpokenText user)
    {
        for (var i = 0; i < user.Count; i++)
        {
            var word = user.Words[i];
            if (word is { Digits: >= 4 } && word.Is(WordClass.Number))
                return true;
            if (i > 0 && user.Words[i - 1].Is(WordClass.Teen | WordClass.Tens) && word.Is(WordClass.Tens | WordClass.Teen))
                return true;
            if (i > 0 && word.Is(WordClass.Hundred))
                return true;
        }

        return false;
    }
}
