namespace Agent.DevServer.Signalling;

/// <summary>Why a client may not join: an HTTP status and the words for it.</summary>
internal sealed record JoinRefusal(int Status, string Message);
