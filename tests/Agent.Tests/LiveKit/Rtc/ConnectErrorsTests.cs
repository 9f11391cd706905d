using Agent.LiveKit.Api;
using Agent.LiveKit.Rtc;
using Agent.Pipeline.Errors;

namespace Agent.Tests.LiveKit.Rtc;

public class ConnectErrorsTests
{
    // {"alg":"HS256"} . {"iss":"devkey","sub":"ada","video":{"roomJoin":true}}
    private const string TokenWithoutRoom = "eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJkZXZrZXkiLCJzdWIiOiJhZGEiLCJ2aWRlbyI6eyJyb29tSm9pbiI6dHJ1ZX19.c2lnbmF0dXJl";

    private static readonly Uri s_url = new("ws://127.0.0.1:7880");

    [Theory]
    [InlineData("signal failure: transport connection error: IO error: Connection refused (os error 111)", RoomErrorKind.Unreachable)]
    [InlineData("failed to lookup address information: Name or service not known", RoomErrorKind.Unreachable)]
    [InlineData("signal failure: timed out", RoomErrorKind.Timeout)]
    [InlineData("client error: 404 Not Found - requested room does not exist", RoomErrorKind.NotFound)]
    [InlineData("client error: 401 Unauthorized - invalid token", RoomErrorKind.Unauthorized)]
    [InlineData("something new", RoomErrorKind.Unreachable)]
    public void From_WhatTheLibrarySays_HasAKindAndTheOriginal(string native, RoomErrorKind kind)
    {
        var error = ConnectErrors.From(native, s_url, Token(), DateTimeOffset.UnixEpoch.AddYears(1));
        Assert.Equal(kind, error.Kind);
        Assert.Contains(native, error.Message, StringComparison.Ordinal);
        Assert.Contains("127.0.0.1:7880", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void From_RefusedToken_SaysWhatIsWrongWithIt()
    {
        var now = TimeProvider.System.GetUtcNow();
        Assert.Contains("expired", Refused(Token(TimeSpan.FromMinutes(1)), now.AddHours(3)), StringComparison.Ordinal);
        Assert.Contains("roomJoin", Refused(Token(join: false), now), StringComparison.Ordinal);
        Assert.Contains("names no room", Refused(TokenWithoutRoom, now), StringComparison.Ordinal);
        Assert.Contains("LIVEKIT_API_SECRET", Refused(Token(), now), StringComparison.Ordinal);
        Assert.DoesNotContain("eyJ", Refused(Token(), now), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("a.b.c")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.bm8ganNvbg.x")]
    [InlineData("\"eyJhbGciOiJIUzI1NiJ9.e30.x\"")]
    public void Check_NoToken_IsRefusedWithoutShowingIt(string token)
    {
        var message = Assert.Throws<ConfigurationException>(() => AccessTokenShape.Check(token)).Message;
        Assert.Contains("malformed", message, StringComparison.Ordinal);
        Assert.DoesNotContain("eyJ", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ws://host:7880", "ws://host:7880/")]
    [InlineData("http://host:7880/", "ws://host:7880/")]
    [InlineData("https://host", "wss://host/")]
    [InlineData(" wss://host/path?x=1#y ", "wss://host/path")]
    public void Parse_Url_IsMadeOneOfAWebSocket(string url, string expected) => Assert.Equal(expected, ServerAddress.Parse(url).AbsoluteUri);

    [Theory]
    [InlineData("")]
    [InlineData("localhost:7880")]
    [InlineData("ftp://host")]
    [InlineData("/tmp/socket")]
    [InlineData("ws://user:pass@host")]
    public void Parse_NoServersUrl_SaysHowToWriteIt(string url)
    {
        var message = Assert.Throws<ConfigurationException>(() => ServerAddress.Parse(url)).Message;
        Assert.DoesNotContain("pass@", message, StringComparison.Ordinal);
        Assert.Contains("LiveKit URL", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConnectAsync_MissingRoomOrTokenOrTwice_IsRefusedBeforeAnythingIsSent()
    {
        await using var room = new Room();
        await Assert.ThrowsAsync<ConfigurationException>(() => room.ConnectAsync("nowhere", Token()));
        await Assert.ThrowsAsync<ConfigurationException>(() => room.ConnectAsync("ws://127.0.0.1:1", "no token"));
        Assert.Throws<InvalidOperationException>(() => room.LocalParticipant);
        Assert.Equal(ConnectionState.Disconnected, room.ConnectionState);
        await room.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => room.ConnectAsync("ws://127.0.0.1:1", Token()));
    }

    private static string Refused(string token, DateTimeOffset now) => ConnectErrors.From("401 Unauthorized", s_url, token, now).Message;

    private static string Token(TimeSpan? ttl = null, bool join = true) =>
        new AccessToken("devkey", "secret-secret-secret-secret-secret-secret")
        {
            Identity = "ada",
            Ttl = ttl ?? TimeSpan.FromHours(1),
            Video = new VideoGrants { RoomJoin = join, Room = "r" },
        }.ToJwt();
}
