using Agent.Pipeline.Sessions.Events;

namespace Agent.Pipeline.Sessions;

/// <summary>Sees what happens in a session: logs, metrics, tests, the application.</summary>
public interface ISessionObserver
{
    /// <summary>Is called in order, one at a time, from the session's own loop: it must return at once and not throw.</summary>
    void OnEvent(SessionEvent sessionEvent);
}
