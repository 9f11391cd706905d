using Agent.Pipeline.Sessions.Events;
using Microsoft.Extensions.Logging;

namespace Agent.Pipeline.Sessions;

/// <summary>Tells the observers what happens; one that throws is logged and dropped, so that it cannot take the conversation down.</summary>
internal sealed class SessionEvents
{
    private readonly List<ISessionObserver> _observers = [];
    private readonly ILogger _logger;

    internal SessionEvents(ILogger logger) => _logger = logger;

    internal void Add(ISessionObserver observer) => _observers.Add(observer);

    internal void Raise(SessionEvent sessionEvent)
    {
        for (var i = 0; i < _observers.Count; i++)
        {
            try
            {
                _observers[i].OnEvent(sessionEvent);
            }
            catch (Exception e)
            {
                SessionLog.ObserverFailed(_logger, e);
                _observers.RemoveAt(i--);
            }
        }
    }
}
