using Agent.Pipeline.Turns;
using Agent.Pipeline.Turns.Events;

namespace Agent.Pipeline.Recordings;

/// <summary>One step of the machine as it is now.</summary>
/// <param name="At">When it was taken, on the session's clock.</param>
/// <param name="Input">What had happened.</param>
/// <param name="Effects">What the machine wants done.</param>
/// <param name="Agent">What the agent is seen to do after it.</param>
/// <param name="Line">The line of the recording that it comes from; null for a timer that ran by itself.</param>
internal sealed record ReplayedStep(TimeSpan At, TurnEvent Input, IReadOnlyList<string> Effects, AgentState Agent, int? Line);
