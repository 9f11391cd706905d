namespace Agent.Tests.Pipeline.EndOfTurn.Accuracy;

/// <summary>What really was the matter with a pause.</summary>
internal enum PauseLabel
{
    /// <summary>The user was done.</summary>
    Finished,

    /// <summary>The user went on.</summary>
    Unfinished,

    /// <summary>The user asked for time, in words or by hesitating.</summary>
    Hold,
}
