namespace Agent.Pipeline.Ledger;

/// <summary>What can be decided about a conversation.</summary>
public enum DecisionKind
{
    /// <summary>To speak.</summary>
    Spoke,

    /// <summary>To wait for more.</summary>
    Waited,

    /// <summary>To take no notice.</summary>
    Ignored,

    /// <summary>To hold the agent's voice.</summary>
    Paused,

    /// <summary>To go on with the agent's voice.</summary>
    Resumed,

    /// <summary>To end the agent's utterance before its end.</summary>
    Cut,
}
