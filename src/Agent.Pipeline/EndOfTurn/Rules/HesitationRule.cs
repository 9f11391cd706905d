using Agent.Pipeline.EndOfTurn.Text;

namespace Agent.Pipeline.EndOfTurn.Rules;

/// <summary>Asking for time, and words that only fill a pause.</summary>
internal sealed class HesitationRule : ITurnRule
{
    // "hold on" rules as long as only an explanation follows: "… I'm just getting my card".
    private const int HoldReach = 8;

    public void Weigh(in TurnScene scene, TurnLanguage language, ref TurnEvidence evidence)
    {
        var user = scene.User;
        if (AsksForTime(user))
            evidence.Add(TurnCue.Hold);
        var last = user.Last;
        if (last.Ends(PhraseKind.Complete | PhraseKind.Closing))
            return;
        if (last.Is(WordClass.Filler) || last.Ends(PhraseKind.Filler))
            evidence.Add(TurnCue.Filler);
        else if (last.Is(WordClass.Opener) && (user.Count == 1 || user.FromEnd(2).Is(WordClass.Reply | WordClass.Opener | WordClass.Filler)))
            evidence.Add(TurnCue.Filler);
        else if (last.Is(WordClass.Opener))
            evidence.Add(TurnCue.PerhapsOpenWord);
    }

    private static bool AsksForTime(SpokenText user)
    {
        var isAtEnd = true;
        for (var place = 1; place <= Math.Min(HoldReach, user.Count); place++)
        {
            var word = user.FromEnd(place);
            if (word.Ends(PhraseKind.NoHold))
                return false;
            if (word.Ends(PhraseKind.Hold) || (isAtEnd && word.Ends(PhraseKind.HoldAtEnd)))
                return true;
            isAtEnd &= word.Is(WordClass.Courtesy | WordClass.Filler | WordClass.Opener);
        }

        return false;
    }
}
