namespace Agent.Pipeline.Ledger;

/// <summary>Why the agent spoke.</summary>
public enum SpeechCause
{
    /// <summary>The user's turn had ended.</summary>
    UserTurn,

    /// <summary>The user's turn had reached its limit.</summary>
    UserTurnLimit,

    /// <summary>The user typed.</summary>
    TypedText,

    /// <summary>The application asked for an answer of the model.</summary>
    Requested,

    /// <summary>The application gave the words.</summary>
    Said,

    /// <summary>The definition's greeting.</summary>
    Greeting,

    /// <summary>The answer took long.</summary>
    Filler,

    /// <summary>An engine has failed, and the agent would have been silent.</summary>
    Failure,
}
