namespace Agent.Providers.Deepgram.Speaking;

/// <summary>Where an utterance stands with its connection, and so what an interruption has to do.</summary>
internal enum AuraState
{
    /// <summary>Nothing is owed: waits for text, for a connection or before a repetition. An interruption ends the wait.</summary>
    Waiting,

    /// <summary>Text is on its way. An interruption is carried out by whoever sends it.</summary>
    Sending,

    /// <summary>Sound is owed. An interruption sends <c>Clear</c>.</summary>
    Reading,
}
