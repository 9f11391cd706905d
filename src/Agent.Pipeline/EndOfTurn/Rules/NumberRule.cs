using Agent.Pipeline.EndOfTurn.Text;

namespace Agent.Pipeline.EndOfTurn.Rules;

/// <summary>Numbers being dictated, in words or figures: telephone and card numbers, codes. Counts what was given against what the kind needs.</summary>
internal sealed class NumberRule : ITurnRule
{
    private const PhraseKind Numbers = PhraseKind.Card | PhraseKind.Code | PhraseKind.Phone | PhraseKind.Postcode | PhraseKind.Reference;

    private const int UnannouncedFrom = 3;
    private const int UnannouncedTo = 6;

    public void Weigh(in TurnScene scene, TurnLanguage language, ref TurnEvidence evidence)
    {
        var kind = scene.Asked & Numbers;
        var user = scene.User;
        var withLetters = (kind & (PhraseKind.Code | PhraseKind.Reference | PhraseKind.Postcode)) != PhraseKind.None;
        var digits = Count(user, withLetters, out var allUnits);
        if (kind == PhraseKind.None)
        {
            // Figures one by one, and nobody knows what they are.
            if (scene.Asked == PhraseKind.None && allUnits && digits is >= UnannouncedFrom and <= UnannouncedTo)
                evidence.Add(TurnCue.PerhapsOpenWord);
            return;
        }

        if (digits == 0)
            return;
        if (user.Last.Is(WordClass.Double | WordClass.Triple | WordClass.Symbol))
            evidence.Add(TurnCue.NumberOpen);
        else if (kind == PhraseKind.Code && Announced(scene.Agent, language) is { } expected)
            evidence.Add(digits >= expected ? TurnCue.NumberComplete : TurnCue.NumberOpen);
        else if (language.Lengths(kind) is { } lengths && !lengths.MayBeWhole(digits))
            evidence.Add(lengths.IsWhole(digits) ? TurnCue.NumberComplete : TurnCue.NumberOpen);
    }

    // The figures at the end of the turn; words that only part them ("dash", "uh", "and") do not count.
    private static int Count(SpokenText user, bool withLetters, out bool allUnits)
    {
        var digits = 0;
        allUnits = true;
        for (var i = user.Count - 1; i >= 0; i--)
        {
            var word = user.Words[i];
            if (word.Digits > 0 || word.Is(WordClass.NumberWord | WordClass.Number))
            {
                digits += word.Digits;
                allUnits &= word.Is(WordClass.Unit);
            }
            else if (withLetters && word.Is(WordClass.Letter))
                digits++;
            else if (!word.Is(WordClass.Symbol | WordClass.Dot | WordClass.Filler | WordClass.Double | WordClass.Triple | WordClass.Courtesy | WordClass.Conjunction))
                break;
        }

        return digits;
    }

    // "the six digit code", "the last four digits"
    private static int? Announced(SpokenText agent, TurnLanguage language)
    {
        for (var i = 1; i < agent.Count; i++)
        {
            if (agent.Words[i].Is(WordClass.Digit) && language.Value(agent.Spelling(agent.Words[i - 1])) is { } value)
                return value;
        }

        return null;
    }
}
