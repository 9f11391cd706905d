namespace Agent.Playground.Web;

/// <summary>What the page needs to join a conversation.</summary>
/// <param name="Url">The LiveKit server, as a browser on this machine reaches it.</param>
/// <param name="Token">The access token: one identity in one room, with the agent asked for.</param>
/// <param name="Room">The room's name.</param>
internal sealed record SessionGrant(string Url, string Token, string Room);
