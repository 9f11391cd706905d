using System.Security.Cryptography;
using System.Text;
using Agent.LiveKit.Api;
using Agent.Pipeline.Errors;
using Agent.Protocol;

namespace Agent.Tests.LiveKit.Api;

public class TokenVerifierTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly FixedTime _time = new(Now);

    [Fact]
    public async Task VerifyAsync_OwnToken_ReturnsWhatWasGranted()
    {
        var token = new AccessToken("key", "secret", _time)
        {
            Identity = "ada",
            Name = "Ada",
            Kind = ParticipantInfo.Types.Kind.Agent,
            Metadata = "m",
            Attributes = new Dictionary<string, string> { ["a"] = "b" },
            Video = new VideoGrants { RoomJoin = true, Room = "tea", CanPublish = false, CanPublishSources = [TrackSource.Microphone] },
            Sip = new SipGrants { Call = true },
        }.WithAgent("assistant", "x");

        var claims = await new TokenVerifier("key", "secret", _time).VerifyAsync(token.ToJwt());

        Assert.Equal(("key", "ada", "Ada", "m"), (claims.Issuer, claims.Identity, claims.Name, claims.Metadata));
        Assert.Equal(Now, claims.NotBefore);
        Assert.Equal(Now + TimeSpan.FromHours(6), claims.ExpiresAt);
        Assert.Equal(ParticipantInfo.Types.Kind.Agent, claims.Kind);
        Assert.Equal("b", claims.Attributes!["a"]);
        Assert.Equal(new VideoGrants { RoomJoin = true, Room = "tea", CanPublish = false }, claims.Video! with { CanPublishSources = null });
        Assert.Equal([TrackSource.Microphone], claims.Video.CanPublishSources!);
        Assert.True(claims.Sip is { Call: true, Admin: false });
        Assert.Equal(token.RoomConfig, claims.RoomConfig);
    }

    [Fact]
    public async Task VerifyAsync_UnknownClaimsAndNames_AreSkipped()
    {
        var token = Sign("""{"iss":"key","jti":"ada","exp":1795350000.5,"new":[1],"kind":"robot","video":{"roomJoin":true,"newer":{},"canPublishSources":["camera","hologram"]},"roomConfig":{"name":"x","newest":1}}""");

        var claims = await new TokenVerifier("key", "secret", _time).VerifyAsync(token);

        Assert.Equal("ada", claims.Identity);
        Assert.Equal(ParticipantInfo.Types.Kind.Standard, claims.Kind);
        Assert.Equal([TrackSource.Camera, TrackSource.Unknown], claims.Video!.CanPublishSources!);
        Assert.Equal("x", claims.RoomConfig!.Name);
    }

    [Fact]
    public async Task VerifyAsync_SeveralKeys_TakesTheIssuersOwn()
    {
        var verifier = new TokenVerifier(new Dictionary<string, string> { ["one"] = "first", ["two"] = "second" }, _time);

        Assert.Equal("two", (await verifier.VerifyAsync(new AccessToken("two", "second", _time).ToJwt())).Issuer);
        await Refused(verifier, new AccessToken("two", "first", _time).ToJwt(), "signature");
        await Refused(verifier, new AccessToken("three", "first", _time).ToJwt(), "'three', which is not known");
    }

    [Theory]
    [InlineData(-61, "")] // the token starts 61 s after now
    [InlineData(-60, null)]
    [InlineData(600 + 59, null)]
    [InlineData(600 + 60, "expired")]
    public async Task VerifyAsync_AtTheEdgesOfItsLife_AllowsTheLeeway(int seconds, string? refusal)
    {
        var token = new AccessToken("key", "secret", _time) { Ttl = TimeSpan.FromMinutes(10) }.ToJwt();
        var verifier = new TokenVerifier("key", "secret", _time);
        _time.Now = Now + TimeSpan.FromSeconds(seconds);

        if (refusal is null)
            Assert.Equal("key", (await verifier.VerifyAsync(token)).Issuer);
        else
            await Refused(verifier, token, refusal);
    }

    [Fact]
    public async Task VerifyAsync_ForgedOrIncomplete_IsRefused()
    {
        var verifier = new TokenVerifier("key", "secret", _time);
        const string Claims = """{"iss":"key","exp":1795350000,"video":{"roomAdmin":true}}""";

        await Refused(verifier, Sign(Claims, header: """{"alg":"none","typ":"JWT"}""", signature: ""), "only HS256");
        await Refused(verifier, Sign(Claims, header: """{"alg":"none","typ":"JWT"}"""), "only HS256");
        await Refused(verifier, Sign(Claims, header: """{"alg":"HS512","typ":"JWT"}"""), "only HS256");
        await Refused(verifier, Sign(Claims, secret: "other"), "signature");
        await Refused(verifier, Sign(Claims, signature: ""), "");
        await Refused(verifier, Sign("""{"iss":"key"}"""), "no expiry");
        await Refused(verifier, Sign("""{"exp":1795350000}"""), "not known");
        await Refused(verifier, Sign("""{"iss":"key","exp":"soon"}"""), "");
        await Refused(verifier, Sign("""{"iss":"key","exp":1e300}"""), "");
        await Refused(verifier, Sign("""{"iss":"key","exp":1795350000,"video":7}"""), "claims");
        await Refused(verifier, Sign("""{"iss":"key","exp":1795350000,"roomConfig":{"agents":"all"}}"""), "claims");
        await Refused(verifier, "", "no token");
        await Refused(verifier, "a.b.c", "malformed");
        await Refused(verifier, "just text", "malformed");
        await Refused(verifier, new string('x', 300_000), "too long");
    }

    [Fact]
    public async Task VerifyAsync_MutatedTokens_AreRefusedAndNothingElseHappens()
    {
        var verifier = new TokenVerifier("key", "secret", _time);
        var token = new AccessToken("key", "secret", _time) { Identity = "ada", Video = new VideoGrants { RoomJoin = true, Room = "tea" } }.ToJwt();
        var random = new Random(4711);
        const int Cases = 5_000;

        for (var i = 0; i < Cases; i++)
        {
            var mutated = Mutate(token, random);
            if (mutated == token)
                continue;
            try
            {
                var claims = await verifier.VerifyAsync(mutated);

                // Base64 has unused bits at the end of each part: the same bytes, hence the same claims, may be spelled in several ways.
                Assert.Equal("ada", claims.Identity);
                Assert.Equal(token.Split('.')[1].TrimEnd('='), mutated.Split('.')[1].TrimEnd('='));
            }
            catch (TokenException refusal)
            {
                Assert.DoesNotContain(mutated.Length > 20 ? mutated : "\0", refusal.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Constructor_MissingSecret_SaysWhichSettings() =>
        Assert.Contains("LIVEKIT_API_SECRET", Assert.Throws<ConfigurationException>(() => new TokenVerifier("key", "")).Message, StringComparison.Ordinal);

    private static string Mutate(string token, Random random)
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ \0é";
        var text = new StringBuilder(token);
        for (var changes = random.Next(1, 4); changes > 0 && text.Length > 0; changes--)
        {
            var at = random.Next(text.Length);
            switch (random.Next(4))
            {
                case 0: text[at] = Alphabet[random.Next(Alphabet.Length)]; break;
                case 1: text.Remove(at, random.Next(text.Length - at)); break;
                case 2: text.Insert(at, Alphabet[random.Next(Alphabet.Length)]); break;
                default: text.Insert(at, text.ToString(random.Next(text.Length), 1)); break;
            }
        }

        return text.ToString();
    }

    private static async Task Refused(TokenVerifier verifier, string token, string because)
    {
        var refusal = await Assert.ThrowsAsync<TokenException>(async () => await verifier.VerifyAsync(token));
        Assert.Contains(because, refusal.Message, StringComparison.Ordinal);
    }

    private static string Sign(string claims, string secret = "secret", string header = """{"alg":"HS256","typ":"JWT"}""", string? signature = null)
    {
        var text = $"{Base64Url(Encoding.UTF8.GetBytes(header))}.{Base64Url(Encoding.UTF8.GetBytes(claims))}";
        return $"{text}.{signature ?? Base64Url(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes(text)))}";
    }

    private static string Base64Url(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
