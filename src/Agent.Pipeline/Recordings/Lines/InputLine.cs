using Agent.Pipeline.Turns.Events;

namespace Agent.Pipeline.Recordings.Lines;

/// <summary>One step of the turn machine.</summary>
/// <param name="At">When it was taken.</param>
/// <param name="Input">What has happened.</param>
/// <param name="Effects">What the machine wanted done, as <see cref="EffectText"/> writes it.</param>
internal sealed record InputLine(TimeSpan At, TurnEvent Input, IReadOnlyList<string> Effects) : RecordingLine;
