using Agent.Protocol;

namespace Agent.DevServer.Dispatch;

/// <summary>A dispatch of a room, and the launches of its jobs that are under way.</summary>
internal sealed class ActiveDispatch(AgentDispatch info)
{
    public AgentDispatch Info { get; } = info;

    public int Launching { get; set; }

    public bool IsDeleted { get; set; }
}
