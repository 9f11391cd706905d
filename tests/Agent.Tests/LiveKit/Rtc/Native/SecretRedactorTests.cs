using Agent.LiveKit.Rtc.Native;

namespace Agent.Tests.LiveKit.Rtc.Native;

public class SecretRedactorTests
{
    private const string Jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEiLCJpc3MiOiJkZXZrZXkifQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    [Theory]
    [InlineData("invalid token: " + Jwt + ", error: expired")]
    [InlineData("connecting to ws://h:7880/rtc?access_token=" + Jwt + "&auto_subscribe=1")]
    [InlineData("ConnectRequest { url: \"ws://h\", token: \"" + Jwt + "\" }")]
    [InlineData("Authorization: Bearer " + Jwt)]
    [InlineData("cut off eyJhbGciOiJIUzI1NiJ9.eyJzdWIi")]
    public void Redact_Token_IsGone(string text)
    {
        var redacted = SecretRedactor.Redact(text);
        Assert.DoesNotContain("eyJ", redacted, StringComparison.Ordinal);
        Assert.DoesNotContain("dBjft", redacted, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("IceServer { urls: [\"turn:h\"], username: \"u\", password: \"hunter2\" }", "hunter2")]
    [InlineData("credential: Some(\"hunter2\")", "hunter2")]
    [InlineData("wss://h/rtc?secret=hunter2&x=1", "hunter2")]
    [InlineData("failed to handle request FfiRequest { message: Some(SendText { text: \"my doctor says\" }) }: InvalidRequest(\"handle not found\")", "doctor")]
    [InlineData("signal_event taking too much time: TextStreamOpened { x: \"my doctor\" }", "doctor")]
    [InlineData("Chunk { content: [109, 121, 32], text: \"my \\\"doctor\\\" says\" }", "doctor")]
    [InlineData("Chunk { content: [109, 121, 32] }", "109")]
    public void Redact_SecretOrWords_AreGone(string text, string secret) =>
        Assert.DoesNotContain(secret, SecretRedactor.Redact(text), StringComparison.Ordinal);

    [Fact]
    public void Redact_RefusedRequest_KeepsTheReason() =>
        Assert.Contains("handle not found", SecretRedactor.Redact("failed to handle request FfiRequest { a }: InvalidRequest(\"handle not found\")"), StringComparison.Ordinal);

    [Theory]
    [InlineData("IO error: Connection refused (os error 111)")]
    [InlineData("signal failure: client error: 401 Unauthorized - token signature is invalid")]
    public void Redact_WithoutSecrets_StaysAsItIs(string text) => Assert.Equal(text, SecretRedactor.Redact(text));

    [Fact]
    public void Redact_LongText_IsCut() => Assert.InRange(SecretRedactor.Redact(new string('x', 100_000)).Length, 1, 700);
}
