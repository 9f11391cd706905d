namespace Agent.Worker.Jobs;

/// <summary>How a job ended.</summary>
/// <param name="Kind">Well or not.</param>
/// <param name="Reason">Why, in words for the log and the server; no transcript, no secret.</param>
internal sealed record JobEnd(JobEndKind Kind, string Reason);
