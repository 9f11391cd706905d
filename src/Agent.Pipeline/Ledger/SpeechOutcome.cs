namespace Agent.Pipeline.Ledger;

/// <summary>What became of an utterance.</summary>
public enum SpeechOutcome
{
    /// <summary>It was played to the end.</summary>
    Completed,

    /// <summary>It was cut while it was heard.</summary>
    Interrupted,

    /// <summary>It was dropped before anything was heard.</summary>
    Cancelled,

    /// <summary>The model or the synthesizer failed.</summary>
    Failed,
}
