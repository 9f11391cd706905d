namespace Agent.Pipeline.EndOfTurn.Text;

/// <summary>What the ledger says about each cue.</summary>
internal static class TurnCueReasons
{
    internal static string Of(TurnCue cue) => cue switch
    {
        TurnCue.Prior => "nothing speaks for more",
        TurnCue.FullStop => "a full stop",
        TurnCue.QuestionMark => "a question mark",
        TurnCue.Comma => "a comma",
        TurnCue.TrailingOff => "a sentence broken off",
        TurnCue.NoPunctuation => "punctuation is missing at the end",
        TurnCue.Hold => "time was asked for",
        TurnCue.Filler => "a hesitation",
        TurnCue.OpenWord => "the last word needs another",
        TurnCue.PerhapsOpenWord => "the last word may need another",
        TurnCue.OpenVerb => "a verb without its object",
        TurnCue.OpenSubject => "a subject without its verb",
        TurnCue.OpenClause => "a clause that needs another",
        TurnCue.OpenQuestion => "a question just begun",
        TurnCue.WholeAnswer => "a whole answer",
        TurnCue.Item => "what was asked for",
        TurnCue.Question => "a whole question",
        TurnCue.Tag => "a tag question",
        TurnCue.Closing => "a closing phrase",
        TurnCue.CompletePhrase => "a whole phrase",
        TurnCue.NumberOpen => "a number being dictated",
        TurnCue.NumberComplete => "a whole number",
        TurnCue.EmailOpen => "an e-mail address being dictated",
        TurnCue.EmailComplete => "a whole e-mail address",
        TurnCue.SpellingOpen => "a word being spelled",
        TurnCue.SpellingComplete => "a whole word spelled",
        TurnCue.AddressOpen => "an address being dictated",
        TurnCue.AddressComplete => "a whole address",
        TurnCue.DateOpen => "a date or time being dictated",
        TurnCue.DateComplete => "a whole date",
        TurnCue.Announcement => "more was announced",
        _ => throw new ArgumentOutOfRangeException(nameof(cue), cue, "This cue has no reason."),
    };
}
