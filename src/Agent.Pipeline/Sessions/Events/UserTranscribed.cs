using Agent.Pipeline.Rooms;

namespace Agent.Pipeline.Sessions.Events;

/// <summary>A segment of the user's speech was understood, or understood better.</summary>
/// <param name="At">When, on the session's clock.</param>
/// <param name="Caption">The segment so far.</param>
public sealed record UserTranscribed(TimeSpan At, UserCaption Caption) : SessionEvent(At);
