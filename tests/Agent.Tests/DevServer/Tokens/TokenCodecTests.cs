using Agent.DevServer.Tokens;
using FsCheck;
using FsCheck.Fluent;

namespace Agent.Tests.DevServer.Tokens;

public sealed class TokenCodecTests
{
    private readonly TokenCodec _codec = new(new Dictionary<string, string> { ["key"] = "secret", ["other"] = "another secret" }, TimeProvider.System);

    [Fact]
    public void TryVerify_OwnToken_SaysWhatItWasMintedWith()
    {
        var text = _codec.Mint("other", "ann", TimeSpan.FromMinutes(1), json =>
        {
            json.WriteString("name", "Ann");
            json.WriteString("kind", "agent");
            json.WriteStartObject("video");
            json.WriteBoolean("roomJoin", true);
            json.WriteString("room", "r");
            json.WriteBoolean("canPublish", false);
            json.WriteEndObject();
            json.WritePropertyName("roomConfig");
            json.WriteRawValue("""{"departureTimeout":7,"agents":[{"agentName":"bot","metadata":"m"}],"unknown":{"x":1}}""");
        });

        Assert.True(_codec.TryVerify(text, out var token, out _));
        Assert.Equal("other", token.ApiKey);
        Assert.Equal("ann", token.Identity);
        Assert.Equal("Ann", token.Name);
        Assert.Equal("r", token.Video!.Room);
        Assert.Equal("bot", Assert.Single(token.RoomConfiguration!.Agents).AgentName);
        Assert.Equal(7u, token.RoomConfiguration.DepartureTimeout);
        Assert.Equal(Protocol.ParticipantInfo.Types.Kind.Agent, token.ToKind());
        var permission = token.ToPermission();
        Assert.False(permission.CanPublish);
        Assert.False(permission.CanPublishData); // follows canPublish where the token does not say
        Assert.True(permission.CanSubscribe);
        Assert.False(permission.CanUpdateMetadata);
    }

    [Fact]
    public void TryVerify_TokenOfLiveKitsServerSdk_IsGood()
    {
        // As livekit-server-sdk 2.19.2 writes them (no typ in the header): key "key", secret "secret", identity "ann", roomJoin for room "r", valid to 2100.
        const string Text = "eyJhbGciOiJIUzI1NiJ9.eyJ2aWRlbyI6eyJyb29tSm9pbiI6dHJ1ZSwicm9vbSI6InIifSwiaXNzIjoia2V5IiwiZXhwIjo0MTAyNDQ0ODAwLCJuYmYiOjAsInN1YiI6ImFubiJ9.drVZ6GsOk0pE8bDSxAb9tQUflXhHxZNgeUP-BBGZv3s";
        Assert.True(_codec.TryVerify(Text, out var token, out var error), error);
        Assert.Equal("ann", token.Identity);
    }

    [Theory]
    [InlineData("not a token", "invalid authorization token")]
    [InlineData("a.b.c", "invalid authorization token")]
    [InlineData("eyJhbGciOiJub25lIn0.eyJpc3MiOiJrZXkifQ.AA", "invalid authorization token")]
    public void TryVerify_Malformed_SaysSo(string text, string expected)
    {
        Assert.False(_codec.TryVerify(text, out _, out var error));
        Assert.Equal(expected, error);
    }

    [Fact]
    public void TryVerify_WrongSecret_IsRefusedWithoutShowingTheToken()
    {
        var text = new TokenCodec(new Dictionary<string, string> { ["key"] = "guessed" }, TimeProvider.System).Mint("key", "ann", TimeSpan.FromMinutes(1), _ => { });
        Assert.False(_codec.TryVerify(text, out _, out var error));
        Assert.Contains("signature", error, StringComparison.Ordinal);
        Assert.DoesNotContain(text, error, StringComparison.Ordinal);
    }

    [Fact]
    public void TryVerify_UnknownKey_NamesIt()
    {
        var text = new TokenCodec(new Dictionary<string, string> { ["nobody"] = "x" }, TimeProvider.System).Mint("nobody", "ann", TimeSpan.FromMinutes(1), _ => { });
        Assert.False(_codec.TryVerify(text, out _, out var error));
        Assert.Equal("invalid API key: nobody", error);
    }

    [Fact]
    public void TryVerify_Expired_SaysSo()
    {
        var text = _codec.Mint("key", "ann", TimeSpan.FromHours(-1), _ => { });
        Assert.False(_codec.TryVerify(text, out _, out var error));
        Assert.Contains("expired", error, StringComparison.Ordinal);
    }

    [Fact]
    public void TryVerify_AnyChangedCharacter_IsRefused()
    {
        var text = _codec.Mint("key", "ann", TimeSpan.FromMinutes(1), _ => { });
        Prop.ForAll(Gen.Choose(0, text.Length - 3).ToArbitrary(), Gen.Choose(1, 126).ToArbitrary(), (position, shift) =>
        {
            var changed = text.ToCharArray();
            changed[position] = (char)((changed[position] + shift) % 127);
            return !_codec.TryVerify(new string(changed), out _, out _);
        }).QuickCheckThrowOnFailure();
    }
}
