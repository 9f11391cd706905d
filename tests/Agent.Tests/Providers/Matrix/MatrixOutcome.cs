namespace Agent.Tests.Providers.Matrix;

/// <summary>What the person hears of a fault.</summary>
internal enum MatrixOutcome
{
    /// <summary>Neither an answer nor a word about it.</summary>
    Nothing,

    /// <summary>The answer, from the vendor itself.</summary>
    Answers,

    /// <summary>The answer, with the next of the list in the vendor's place.</summary>
    TakenOver,

    /// <summary>The sentence that says that something is wrong.</summary>
    SaysSo,
}
