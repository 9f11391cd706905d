using Agent.Pipeline.EndOfTurn.Text;

namespace Agent.Pipeline.EndOfTurn.Rules;

/// <summary>Looks for one kind of cue. Has no state.</summary>
internal interface ITurnRule
{
    void Weigh(in TurnScene scene, TurnLanguage language, ref TurnEvidence evidence);
}
