namespace Agent.Pipeline.EndOfTurn.Text;

/// <summary>What a word can be at the end of a turn. The words themselves stand in the language's file, under these names in camel case.</summary>
[Flags]
internal enum WordClass : long
{
    None = 0,

    /// <summary>"the", "my": a noun has to follow.</summary>
    Determiner = 1L << 0,

    /// <summary>"this", "some": a noun may follow.</summary>
    Demonstrative = 1L << 1,

    /// <summary>"the red …": as a rule something follows when an article stands before it.</summary>
    Attribute = 1L << 2,

    /// <summary>"of", "with".</summary>
    Preposition = 1L << 3,

    /// <summary>"on", "up": a preposition that also ends a verb ("turn it on").</summary>
    Particle = 1L << 4,

    /// <summary>"and", "because".</summary>
    Conjunction = 1L << 5,

    /// <summary>"if", "when" at the start of a clause that needs another.</summary>
    Subordinator = 1L << 6,

    /// <summary>"is", "were".</summary>
    Copula = 1L << 7,

    /// <summary>"can", "did".</summary>
    Auxiliary = 1L << 8,

    /// <summary>"i'm", "let's": never the last word.</summary>
    Contraction = 1L << 9,

    /// <summary>"don't": may be the last word.</summary>
    NegatedAuxiliary = 1L << 10,

    /// <summary>"not".</summary>
    Negation = 1L << 11,

    /// <summary>"i", "they": only ever a subject.</summary>
    Subject = 1L << 12,

    /// <summary>"you", "it": subject or object.</summary>
    Pronoun = 1L << 13,

    /// <summary>"want", "need": an object has to follow.</summary>
    Transitive = 1L << 14,

    /// <summary>Any other common verb.</summary>
    Verb = 1L << 15,

    /// <summary>"what", "how".</summary>
    Interrogative = 1L << 16,

    /// <summary>"very", "just".</summary>
    Intensifier = 1L << 17,

    /// <summary>"maybe", "either".</summary>
    Hedge = 1L << 18,

    /// <summary>"um".</summary>
    Filler = 1L << 19,

    /// <summary>"so", "well": words that begin something.</summary>
    Opener = 1L << 20,

    /// <summary>"yes", "nope".</summary>
    Reply = 1L << 21,

    /// <summary>"four".</summary>
    Unit = 1L << 22,

    /// <summary>"fourteen".</summary>
    Teen = 1L << 23,

    /// <summary>"forty".</summary>
    Tens = 1L << 24,

    /// <summary>"hundred".</summary>
    Hundred = 1L << 25,

    /// <summary>"double".</summary>
    Double = 1L << 26,

    /// <summary>"triple".</summary>
    Triple = 1L << 27,

    /// <summary>"third", "fifth".</summary>
    Ordinal = 1L << 28,

    /// <summary>"march".</summary>
    Month = 1L << 29,

    /// <summary>"at" of an e-mail address.</summary>
    At = 1L << 30,

    /// <summary>"dot" of an e-mail address.</summary>
    Dot = 1L << 31,

    /// <summary>"underscore", "dash": something follows in whatever is dictated.</summary>
    Symbol = 1L << 32,

    /// <summary>"street".</summary>
    Street = 1L << 33,

    /// <summary>"apartment", "doctor": a number or a name follows.</summary>
    Title = 1L << 34,

    /// <summary>"please".</summary>
    Courtesy = 1L << 35,

    /// <summary>"second", "also" in an enumeration that goes on.</summary>
    Continuation = 1L << 36,

    /// <summary>"what", "all": stands for the object of a verb that comes later.</summary>
    Gap = 1L << 37,

    /// <summary>"digit": the number before it says how long a code is.</summary>
    Digit = 1L << 38,

    /// <summary>A word that looks like a verb by its ending and is none ("morning").</summary>
    Noun = 1L << 39,

    /// <summary>"questions": behind a number, as many will follow.</summary>
    Announced = 1L << 40,

    /// <summary>"either": another word ("or") has to come.</summary>
    Correlative = 1L << 41,

    /// <summary>A single letter; set by the reader, not by a file.</summary>
    Letter = 1L << 48,

    /// <summary>Figures; set by the reader, not by a file.</summary>
    Number = 1L << 49,

    /// <summary>A written e-mail address; set by the reader, not by a file.</summary>
    Email = 1L << 50,

    /// <summary>A number in words.</summary>
    NumberWord = Unit | Teen | Tens | Hundred,

    /// <summary>Anything that a clause can have as its verb.</summary>
    AnyVerb = Copula | Auxiliary | Contraction | NegatedAuxiliary | Transitive | Verb,
}
