namespace Agent.Pipeline.Turns.Effects;

/// <summary>Tells the room and the observers what the agent does.</summary>
internal sealed record ShowAgentState(AgentState State) : TurnEffect;
