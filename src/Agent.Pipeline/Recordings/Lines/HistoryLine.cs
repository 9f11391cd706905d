namespace Agent.Pipeline.Recordings.Lines;

/// <summary>What was said and heard; a later line with the same identifier replaces an earlier one.</summary>
/// <param name="At">When it entered the history.</param>
/// <param name="Who">user, agent or tool.</param>
/// <param name="Id">The item's identifier.</param>
/// <param name="Text">The words, or the tool's name.</param>
/// <param name="Interrupted">Whether more of the agent's words was to follow.</param>
internal sealed record HistoryLine(TimeSpan At, string Who, string Id, string Text, bool Interrupted) : RecordingLine;
