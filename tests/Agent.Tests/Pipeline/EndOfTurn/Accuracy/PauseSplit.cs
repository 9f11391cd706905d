namespace Agent.Tests.Pipeline.EndOfTurn.Accuracy;

/// <summary>What a part of a labelled set was used for.</summary>
internal enum PauseSplit
{
    /// <summary>The rules were corrected on these.</summary>
    Develop,

    /// <summary>Written together with those to develop on, but only ever counted.</summary>
    HeldOut,

    /// <summary>Written after the rules and word lists were fixed, and only ever counted.</summary>
    Unseen,
}
