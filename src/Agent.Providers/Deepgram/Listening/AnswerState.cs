namespace Agent.Providers.Deepgram.Listening;

/// <summary>How the vendor does with the answers that it owes.</summary>
internal enum AnswerState
{
    /// <summary>It owes none, or has time.</summary>
    Awaited,

    /// <summary>The oldest answer stays away, which is the vendor's right; it was given up.</summary>
    Spared,

    /// <summary>The vendor is no longer there.</summary>
    Gone,
}
