using Agent.Pipeline.Errors;
using Agent.Pipeline.Speech;

namespace Agent.Pipeline.Listening;

/// <summary>Learns what a participant does with the voice, in times of the session's clock. Called from several loops; must return at once.</summary>
internal interface IUserListener
{
    /// <summary>Speech has begun.</summary>
    void OnUserStarted(TimeSpan at);

    /// <summary>Speech has ended.</summary>
    void OnUserStopped(TimeSpan at);

    /// <summary>The recogniser has sent a result.</summary>
    void OnTranscript(Transcript transcript, TimeSpan start, TimeSpan end);

    /// <summary>The recogniser has failed; another connection is tried.</summary>
    void OnRecogniserFailed(ProviderException error);

    /// <summary>An answer that the recogniser owes does not come, since nobody listens.</summary>
    void OnFlushGivenUp();

    /// <summary>One of a list of recognisers failed, and another listens in its place.</summary>
    void OnRecogniserReplaced(ProviderException error, string by);
}
