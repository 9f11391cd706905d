using Agent.Pipeline.Sessions;

namespace Agent.Pipeline.Recordings.Lines;

/// <summary>Something failed.</summary>
/// <param name="At">When.</param>
/// <param name="Stage">Which part.</param>
/// <param name="Error">The kind of error; its message may hold what is nobody's business.</param>
internal sealed record FailureLine(TimeSpan At, SessionStage Stage, string Error) : RecordingLine;
