using Agent.Pipeline.Sessions;

namespace Agent.Pipeline.Recordings.Lines;

/// <summary>The last line of a recording that is whole.</summary>
/// <param name="At">When the session ended.</param>
/// <param name="Reason">Why.</param>
internal sealed record EndLine(TimeSpan At, SessionCloseReason Reason) : RecordingLine;
