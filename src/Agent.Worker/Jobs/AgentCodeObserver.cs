using Agent.Pipeline.Sessions;
using Agent.Pipeline.Sessions.Events;

namespace Agent.Worker.Jobs;

/// <summary>Passes a conversation's events to the agent's own code, whose failure is no failure of the conversation.</summary>
internal sealed class AgentCodeObserver(JobDetails job, Action<JobDetails, SessionEvent> onEvent, ILogger logger) : ISessionObserver
{
    public void OnEvent(SessionEvent sessionEvent)
    {
        try
        {
            onEvent(job, sessionEvent);
        }
        catch (Exception exception)
        {
            JobLog.EventFailed(logger, exception, sessionEvent.GetType().Name);
        }
    }
}
