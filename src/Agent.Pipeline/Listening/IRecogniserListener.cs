using Agent.Pipeline.Errors;
using Agent.Pipeline.Speech;

namespace Agent.Pipeline.Listening;

/// <summary>Learns what a recogniser understands. Called from the loop of results; must return at once.</summary>
internal interface IRecogniserListener
{
    /// <summary>A result has come.</summary>
    void OnTranscript(Transcript transcript, RecogniserClock clock);

    /// <summary>A connection was refused or lost; another is tried.</summary>
    void OnRecogniserFailed(ProviderException error);
}
