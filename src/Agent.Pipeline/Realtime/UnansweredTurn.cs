namespace Agent.Pipeline.Realtime;

/// <summary>What the user has said that a model has not answered, when its connection is replaced.</summary>
internal enum UnansweredTurn
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A turn that goes on.</summary>
    Open,

    /// <summary>A turn that has ended and of which no words are known.</summary>
    Ended,
}
