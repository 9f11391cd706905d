namespace Agent.Pipeline.Rooms;

/// <summary>What the agent says, in step with its voice.</summary>
/// <param name="SegmentId">The same for every caption of one utterance.</param>
/// <param name="Delta">What was said since the last caption of the segment, with the space before it where there is one; may be empty in the last.</param>
/// <param name="IsFinal">Whether the utterance is over; no caption of the segment follows.</param>
public sealed record AgentCaption(string SegmentId, string Delta, bool IsFinal);
