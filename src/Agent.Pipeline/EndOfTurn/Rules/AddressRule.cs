using Agent.Pipeline.EndOfTurn.Text;

namespace Agent.Pipeline.EndOfTurn.Rules;

/// <summary>Postal addresses: a house number needs a street.</summary>
internal sealed class AddressRule : ITurnRule
{
    public void Weigh(in TurnScene scene, TurnLanguage language, ref TurnEvidence evidence)
    {
        var user = scene.User;
        if (scene.Asked != PhraseKind.Address)
            return;
        var hasNumber = (user.Classes & (WordClass.Number | WordClass.NumberWord)) != WordClass.None;
        var hasStreet = (user.Classes & WordClass.Street) != WordClass.None;
        if (hasNumber && !hasStreet)
        {
            // Streets without a word for street have longer names as a rule: "800 West Broadway".
            if (WordsBehindNumber(user) < 2)
                evidence.Add(TurnCue.AddressOpen);
        }
        else if (hasNumber && !user.Last.Is(WordClass.Title))
            evidence.Add(TurnCue.AddressComplete);
    }

    private static int WordsBehindNumber(SpokenText user)
    {
        var place = 1;
        while (place <= user.Count && !user.FromEnd(place).Is(WordClass.Number | WordClass.NumberWord))
            place++;
        return place - 1;
    }
}
