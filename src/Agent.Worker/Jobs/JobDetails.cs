namespace Agent.Worker.Jobs;

/// <summary>What a job is about, as the server assigned it.</summary>
/// <param name="Id">The server's name for the job.</param>
/// <param name="AgentName">The agent that was asked for; empty for automatic dispatch.</param>
/// <param name="RoomName">The room to join.</param>
/// <param name="Metadata">Text that the dispatch carried; often JSON, empty when there is none.</param>
public sealed record JobDetails(string Id, string AgentName, string RoomName, string Metadata);
