namespace Agent.Pipeline.Sessions.Events;

/// <summary>The user has spoken and no word was understood; the agent does not answer.</summary>
/// <param name="At">When that became certain, on the session's clock.</param>
/// <param name="SpokenAt">When the speech began, on the session's clock.</param>
public sealed record SpeechNotUnderstood(TimeSpan At, TimeSpan SpokenAt) : SessionEvent(At);
