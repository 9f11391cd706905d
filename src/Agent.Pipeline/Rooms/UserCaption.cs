namespace Agent.Pipeline.Rooms;

/// <summary>What a participant says, as far as it is understood.</summary>
/// <param name="SegmentId">The same for every caption of one segment.</param>
/// <param name="ParticipantIdentity">Who speaks.</param>
/// <param name="Text">The whole segment so far.</param>
/// <param name="IsFinal">Whether the segment is fixed.</param>
public sealed record UserCaption(string SegmentId, string ParticipantIdentity, string Text, bool IsFinal);
