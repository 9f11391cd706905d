using Agent.Pipeline.Errors;
using Agent.Pipeline.Listening;
using Agent.Pipeline.Speech;
using Agent.Pipeline.Turns.Events;

namespace Agent.Pipeline.Sessions;

/// <summary>
/// The participant whom the session listens to, for as long as it does: what the ear hears reaches the conversation in order, on the session's
/// loop. What arrives after the link has ended belongs to nobody.
/// </summary>
internal sealed class LinkedUser : IUserListener
{
    private readonly SessionLoop _loop;
    private readonly Conversation _conversation;
    private bool _unlinked;

    internal LinkedUser(SessionLoop loop, Conversation conversation)
    {
        _loop = loop;
        _conversation = conversation;
    }

    /// <summary>Ends the link; from the session's loop only.</summary>
    internal void Unlink() => _unlinked = true;

    public void OnUserStarted(TimeSpan at) => Tell(() => _conversation.Apply(new UserStarted(at)));

    public void OnUserStopped(TimeSpan at) => Tell(() => _conversation.Apply(new UserStopped(at)));

    public void OnTranscript(Transcript transcript, TimeSpan start, TimeSpan end) => Tell(() => _conversation.OnTranscript(transcript, start, end));

    public void OnRecogniserFailed(ProviderException error) => Tell(() => _conversation.OnRecogniserFailed(error));

    public void OnRecogniserReplaced(ProviderException error, string by) => Tell(() => _conversation.OnReplaced(SessionStage.SpeechToText, error, by));

    public void OnFlushGivenUp() => Tell(_conversation.OnFlushGivenUp);

    // Looked at when its turn has come, not when it is posted: the link may end in between.
    private void Tell(Action action) => _loop.Post(() =>
    {
        if (!_unlinked)
            action();
    });
}
