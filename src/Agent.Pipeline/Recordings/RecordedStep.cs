using Agent.Pipeline.Turns.Events;

namespace Agent.Pipeline.Recordings;

/// <summary>One step of the recorded machine.</summary>
/// <param name="Line">Where it is in the file.</param>
/// <param name="At">When it was taken, on the session's clock.</param>
/// <param name="Input">What had happened.</param>
/// <param name="Effects">What the machine wanted done.</param>
internal sealed record RecordedStep(int Line, TimeSpan At, TurnEvent Input, IReadOnlyList<string> Effects);
