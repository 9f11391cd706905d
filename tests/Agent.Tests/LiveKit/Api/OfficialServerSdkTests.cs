using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Agent.LiveKit.Api;
using Agent.Protocol;
using Agent.Tests.OfficialClients;

namespace Agent.Tests.LiveKit.Api;

/// <summary>Tokens against livekit-server-sdk for Node, in both directions.</summary>
public class OfficialServerSdkTests
{
    [Fact]
    public async Task VerifyAsync_TokenOfTheOfficialSdk_GrantsTheSame()
    {
        var commands = JsonNode.Parse("""
            [{ "mint": {
              "key": "devkey", "secret": "secret",
              "options": { "identity": "ada", "name": "Ada", "ttl": "5m", "metadata": "m", "attributes": { "a": "ü" } },
              "set": { "kind": "agent", "sha256": "hash", "roomPreset": "preset" },
              "video": { "roomJoin": true, "room": "tea", "canPublish": true, "canSubscribe": false, "canPublishSources": [1, 2, 3, 4], "agent": true, "hidden": true, "destinationRoom": "garden" },
              "sip": { "admin": true, "call": true }, "inference": { "perform": true }, "observability": { "write": true },
              "roomConfig": { "emptyTimeout": 30, "metadata": "room", "agents": [{ "agentName": "assistant", "metadata": "hello" }] }
            } }]
            """)!;
        var token = (await Run(commands))[0].GetProperty("token").GetString()!;

        var claims = await new TokenVerifier("devkey", "secret").VerifyAsync(token);

        Assert.Equal(("ada", "Ada", "m", "hash", "preset"), (claims.Identity, claims.Name, claims.Metadata, claims.Sha256, claims.RoomPreset));
        Assert.Equal("ü", claims.Attributes!["a"]);
        Assert.Equal(ParticipantInfo.Types.Kind.Agent, claims.Kind);
        Assert.Equal(
            new VideoGrants { RoomJoin = true, Room = "tea", CanPublish = true, CanSubscribe = false, Agent = true, Hidden = true, DestinationRoom = "garden" },
            claims.Video! with { CanPublishSources = null });
        Assert.Equal([TrackSource.Camera, TrackSource.Microphone, TrackSource.ScreenShare, TrackSource.ScreenShareAudio], claims.Video.CanPublishSources!);
        Assert.Equal(new SipGrants { Admin = true, Call = true }, claims.Sip);
        Assert.True(claims.Inference!.Perform && claims.Observability!.Write);
        Assert.Equal(
            new RoomConfiguration { EmptyTimeout = 30, Metadata = "room", Agents = { new RoomAgentDispatch { AgentName = "assistant", Metadata = "hello" } } },
            claims.RoomConfig);
        Assert.Equal(TimeSpan.FromMinutes(5), claims.ExpiresAt - claims.NotBefore);
    }

    [Fact]
    public async Task ToJwt_ReadByTheOfficialSdk_GrantsTheSame()
    {
        var token = new AccessToken("devkey", "secret")
        {
            Identity = "ada",
            Name = "Ada \"ü\" 😀",
            Kind = ParticipantInfo.Types.Kind.Agent,
            Attributes = new Dictionary<string, string> { ["a"] = "b" },
            Video = new VideoGrants { RoomJoin = true, Room = "tea", CanPublishSources = [TrackSource.ScreenShare] },
        }.WithAgent("assistant", "hello").ToJwt();

        var commands = new JsonArray(Verify("secret", token), Verify("another secret", token));
        var results = await Run(commands);

        var claims = results[0].GetProperty("claims");
        Assert.Equal("ada", claims.GetProperty("sub").GetString());
        Assert.Equal("Ada \"ü\" 😀", claims.GetProperty("name").GetString());
        Assert.Equal("agent", claims.GetProperty("kind").GetString());
        Assert.Equal("screen_share", claims.GetProperty("video").GetProperty("canPublishSources")[0].GetString());
        Assert.Equal("assistant", claims.GetProperty("roomConfig").GetProperty("agents")[0].GetProperty("agentName").GetString());
        Assert.Contains("signature", results[1].GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WebhookSignedByUs_ReadByTheOfficialSdk_IsAccepted()
    {
        const string Body = """{"event":"room_started","room":{"name":"tea"}}""";
        var token = new AccessToken("devkey", "secret") { Sha256 = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Body))) }.ToJwt();
        var commands = new JsonArray(new JsonObject { ["receive"] = new JsonObject { ["key"] = "devkey", ["secret"] = "secret", ["token"] = token, ["body"] = Body } });

        var result = (await Run(commands))[0];

        Assert.Equal("tea", result.GetProperty("event").GetProperty("room").GetProperty("name").GetString());
        Assert.Equal("tea", (await new WebhookReceiver("devkey", "secret").ReceiveAsync(Body, token)).Room.Name);
    }

    private static JsonObject Verify(string secret, string token) =>
        new() { ["verify"] = new JsonObject { ["key"] = "devkey", ["secret"] = secret, ["token"] = token } };

    private static async Task<JsonElement[]> Run(JsonNode commands) =>
        [.. JsonElement.Parse(await NodeScript.RunAsync("tokens.mjs", commands.ToJsonString())).EnumerateArray()];
}
