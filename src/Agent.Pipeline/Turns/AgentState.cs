namespace Agent.Pipeline.Turns;

/// <summary>What the agent is doing, as everybody in the room may see it.</summary>
public enum AgentState
{
    /// <summary>The session is being set up; nobody is linked yet and nothing is heard.</summary>
    Initializing,

    /// <summary>The session is ready and nobody is there to talk to.</summary>
    Idle,

    /// <summary>The user has the floor, or may take it.</summary>
    Listening,

    /// <summary>The user's turn has ended and the answer is on its way.</summary>
    Thinking,

    /// <summary>The agent's voice is being sent.</summary>
    Speaking,
}
