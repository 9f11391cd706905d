using System.Security.Cryptography;
using Agent.LiveKit.Api;

namespace Agent.Playground.Web;

/// <summary>Lets people in: a new room for each conversation, and a token that brings the agent along.</summary>
internal sealed class SessionDesk(LiveKitServer server, string agentName)
{
    internal SessionGrant Admit(string purpose)
    {
        var suffix = RandomNumberGenerator.GetHexString(8, lowercase: true);
        var room = $"{purpose}-{suffix}";
        var token = server.CreateToken()
            .WithIdentity($"caller-{suffix}")
            .WithGrants(new VideoGrants { RoomJoin = true, Room = room, CanPublish = true, CanSubscribe = true, CanPublishData = true })
            .WithTtl(TimeSpan.FromHours(1))
            .WithAgent(agentName)
            .ToJwt();
        return new(server.WebSocketUrl.ToString().TrimEnd('/'), token, room);
    }
}
