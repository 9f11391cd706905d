using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Agent.LiveKit.Api;
using Agent.Pipeline.Errors;
using Agent.Protocol;

namespace Agent.Tests.LiveKit.Api;

public class AccessTokenTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("secret")]
    [InlineData("a-secret-of-exactly-thirty-two-b")]
    [InlineData("a secret of more than sixty-four bytes, which HMAC hashes before it uses it as a key")]
    [InlineData("schlüssel")]
    public void ToJwt_SecretOfAnyLength_SignsAsHmacSha256Does(string secret)
    {
        var token = new AccessToken("key", secret) { Identity = "ada", Video = new VideoGrants { RoomJoin = true, Room = "tea" } }.ToJwt();

        var parts = token.Split('.');
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"));
        Assert.Equal(3, parts.Length);
        Assert.Equal(Base64Url(signature), parts[2]);
    }

    [Fact]
    public void ToJwt_EverythingSet_WritesTheNamesOfTheOfficialSdks()
    {
        var token = new AccessToken("key", "secret", new FixedTime(Now))
        {
            Identity = "ada",
            Name = "Ada",
            Ttl = TimeSpan.FromMinutes(5),
            Metadata = "m",
            Attributes = new Dictionary<string, string> { ["lk.agent.state"] = "idle" },
            Kind = ParticipantInfo.Types.Kind.Agent,
            Sha256 = "hash",
            RoomPreset = "preset",
            Video = new VideoGrants
            {
                RoomCreate = true,
                RoomList = true,
                RoomRecord = true,
                RoomAdmin = true,
                RoomJoin = true,
                Room = "tea",
                DestinationRoom = "garden",
                CanPublish = true,
                CanSubscribe = false,
                CanPublishData = true,
                CanPublishSources = [TrackSource.Camera, TrackSource.Microphone, TrackSource.ScreenShare, TrackSource.ScreenShareAudio],
                CanUpdateOwnMetadata = true,
                CanSubscribeMetrics = false,
                CanManageAgentSession = true,
                IngressAdmin = true,
                Hidden = true,
                Recorder = true,
                Agent = true,
            },
            Sip = new SipGrants { Admin = true, Call = true },
            Inference = new InferenceGrants { Perform = true },
            Observability = new ObservabilityGrants { Write = true },
            RoomConfig = new RoomConfiguration { EmptyTimeout = 30, Agents = { new RoomAgentDispatch { AgentName = "assistant", Metadata = "hello" } } },
        }.ToJwt();

        const string Expected = """
            {
              "iss": "key", "sub": "ada", "iat": 1795348800, "nbf": 1795348800, "exp": 1795349100, "name": "Ada", "kind": "agent",
              "video": {
                "roomCreate": true, "roomList": true, "roomRecord": true, "roomAdmin": true, "roomJoin": true, "room": "tea",
                "destinationRoom": "garden", "canPublish": true, "canSubscribe": false, "canPublishData": true,
                "canPublishSources": ["camera", "microphone", "screen_share", "screen_share_audio"],
                "canUpdateOwnMetadata": true, "canSubscribeMetrics": false, "canManageAgentSession": true,
                "ingressAdmin": true, "hidden": true, "recorder": true, "agent": true
              },
              "sip": { "admin": true, "call": true },
              "inference": { "perform": true },
              "observability": { "write": true },
              "roomConfig": { "emptyTimeout": 30, "agents": [{ "agentName": "assistant", "metadata": "hello" }] },
              "roomPreset": "preset", "sha256": "hash", "metadata": "m", "attributes": { "lk.agent.state": "idle" }
            }
            """;
        Assert.Equal("""{"alg":"HS256","typ":"JWT"}""", Part(token, 0));
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(Expected), JsonElement.Parse(Part(token, 1))), Part(token, 1));
    }

    [Fact]
    public void ToJwt_NothingSet_WritesOnlyIssuerAndTimes()
    {
        var token = new AccessToken("key", "secret", new FixedTime(Now)) { Video = new VideoGrants() }.ToJwt();

        Assert.Equal("""{"iss":"key","iat":1795348800,"nbf":1795348800,"exp":1795370400,"video":{}}""", Part(token, 1));
    }

    [Fact]
    public void WithMethods_SameValues_MakeTheSameToken()
    {
        var time = new FixedTime(Now);
        var grants = new VideoGrants { RoomJoin = true, Room = "tea" };
        var fluent = new AccessToken("key", "secret", time)
            .WithIdentity("ada").WithName("Ada").WithTtl(TimeSpan.FromHours(1)).WithMetadata("m").WithGrants(grants)
            .WithKind(ParticipantInfo.Types.Kind.Sip).WithSipGrants(new SipGrants { Call = true }).WithAgent("assistant", "x").WithSha256("h").WithRoomPreset("p")
            .WithInferenceGrants(new InferenceGrants { Perform = true }).WithObservabilityGrants(new ObservabilityGrants { Write = true })
            .WithAttributes(new Dictionary<string, string> { ["a"] = "b" });
        var initialised = new AccessToken("key", "secret", time)
        {
            Identity = "ada",
            Name = "Ada",
            Ttl = TimeSpan.FromHours(1),
            Metadata = "m",
            Video = grants,
            Kind = ParticipantInfo.Types.Kind.Sip,
            Sip = new SipGrants { Call = true },
            RoomConfig = new RoomConfiguration { Agents = { new RoomAgentDispatch { AgentName = "assistant", Metadata = "x" } } },
            Sha256 = "h",
            RoomPreset = "p",
            Inference = new InferenceGrants { Perform = true },
            Observability = new ObservabilityGrants { Write = true },
            Attributes = new Dictionary<string, string> { ["a"] = "b" },
        };

        Assert.Equal(initialised.ToJwt(), fluent.ToJwt());
    }

    [Fact]
    public void ToJwt_UnusableToken_SaysWhatIsMissing()
    {
        var join = new VideoGrants { RoomJoin = true, Room = "tea" };

        Assert.Contains("identity", Refusal(new AccessToken("key", "secret") { Video = join }), StringComparison.Ordinal);
        Assert.Contains("room's name", Refusal(new AccessToken("key", "secret") { Identity = "ada", Video = join with { Room = null } }), StringComparison.Ordinal);
        Assert.Contains("lifetime", Refusal(new AccessToken("key", "secret") { Ttl = TimeSpan.Zero }), StringComparison.Ordinal);
    }

    private static string Refusal(AccessToken token) => Assert.Throws<ConfigurationException>(token.ToJwt).Message;

    private static string Base64Url(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private static string Part(string token, int index)
    {
        var text = token.Split('.')[index].Replace('-', '+').Replace('_', '/');
        return Encoding.UTF8.GetString(Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '=')));
    }
}
