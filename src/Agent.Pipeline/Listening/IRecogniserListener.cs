using Agent.Pipeline.Errors;
using Agent.Pipeline.Speech;

namespace Agent.Pipeline.Listening;

/// <summary>Learns what a recogniser understands. Called from the loop of results; must return at once.</summary>
internal interface IRecogniserListener
{
    /// <summary>A result has come.</summary>
    /// <param name="transcript">The result.</param>
    /// <param name="start">Where its speech began in the participant's audio.</param>
    /// <param name="end">Where its speech ended in the participant's audio.</param>
    void OnTranscript(Transcript transcript, long start, long end);

    /// <summary>A connection was refused or lost; another is tried.</summary>
    void OnRecogniserFailed(ProviderException error);

    /// <summary>An answer that is owed does not come, since no connection can be had.</summary>
    void OnFlushGivenUp();

    /// <summary>One of a list of recognisers failed, and another listens in its place.</summary>
    void OnRecogniserReplaced(ProviderException error, string by);
}
