namespace Agent.Pipeline.EndOfTurn.Text;

/// <summary>One thing that speaks for or against the end of a turn. Its weight stands in the language's file, in log-odds, under this name in camel case.</summary>
internal enum TurnCue
{
    /// <summary>What is known before anything was heard.</summary>
    Prior,
    FullStop,
    QuestionMark,
    Comma,
    TrailingOff,
    NoPunctuation,
    Hold,
    Filler,
    OpenWord,
    PerhapsOpenWord,
    OpenVerb,
    OpenSubject,
    OpenClause,
    OpenQuestion,
    WholeAnswer,
    Item,
    Question,
    Tag,
    Closing,
    CompletePhrase,
    NumberOpen,
    NumberComplete,
    EmailOpen,
    EmailComplete,
    SpellingOpen,
    SpellingComplete,
    AddressOpen,
    AddressComplete,
    DateOpen,
    DateComplete,
    Announcement,
}
