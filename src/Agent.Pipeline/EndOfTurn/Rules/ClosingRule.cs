using Agent.Pipeline.EndOfTurn.Text;

namespace Agent.Pipeline.EndOfTurn.Rules;

/// <summary>Phrases after which nothing is expected: "that's all", "me too", "… please".</summary>
internal sealed class ClosingRule : ITurnRule
{
    public void Weigh(in TurnScene scene, TurnLanguage language, ref TurnEvidence evidence)
    {
        var last = scene.User.Last;
        if (last.Ends(PhraseKind.Closing))
            evidence.Add(TurnCue.Closing);
        else if (last.Ends(PhraseKind.Complete) || (last.Is(WordClass.Courtesy) && scene.User.Count > 1))
            evidence.Add(TurnCue.CompletePhrase);
    }
}
