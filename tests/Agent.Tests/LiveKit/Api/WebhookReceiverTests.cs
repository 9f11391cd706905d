using System.Security.Cryptography;
using System.Text;
using Agent.LiveKit.Api;
using Agent.Pipeline.Errors;

namespace Agent.Tests.LiveKit.Api;

public class WebhookReceiverTests
{
    private const string Body = """{"event":"participant_joined","id":"EV_1","createdAt":"1795348800","room":{"name":"tea","newer":1},"participant":{"identity":"ada"},"unheardOf":[]}""";

    private readonly WebhookReceiver _receiver = new("key", "secret");

    [Theory]
    [InlineData("")]
    [InlineData("Bearer ")]
    public async Task ReceiveAsync_SignedBody_ReadsTheEvent(string prefix)
    {
        var received = await _receiver.ReceiveAsync(Body, prefix + Sign(Body));

        Assert.Equal(("participant_joined", "EV_1", "tea", "ada"), (received.Event, received.Id, received.Room.Name, received.Participant.Identity));
    }

    [Fact]
    public async Task ReceiveAsync_AnotherBodyOrNoHash_IsRefused()
    {
        await Refused(Body + " ", Sign(Body));
        await Refused(Body, new AccessToken("key", "secret").ToJwt());
        await Refused(Body, new AccessToken("key", "secret") { Sha256 = "not base64!" }.ToJwt());
        await Refused(Body, new AccessToken("key", "secret") { Sha256 = Convert.ToBase64String(new byte[31]) }.ToJwt());
        await Refused(Body, new AccessToken("key", "other") { Sha256 = Hash(Body) }.ToJwt());
        await Refused(Body, null);
        await Refused(Body, "Bearer ");
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"event":5}""")]
    [InlineData("""{"createdAt":"soon"}""")]
    [InlineData("""{"room":{"numParticipants":99999999999}}""")]
    public async Task ReceiveAsync_SignedNonsense_IsOneClearError(string body)
    {
        var error = await Assert.ThrowsAsync<AgentException>(async () => await _receiver.ReceiveAsync(body, Sign(body)));

        Assert.Contains("not an event", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReceiveAsync_MutatedSignedBodies_AreEventsOrErrors()
    {
        var random = new Random(7);
        var original = Encoding.UTF8.GetBytes(Body);
        for (var i = 0; i < 5_000; i++)
        {
            var body = original.AsSpan(0, random.Next(4) == 0 ? random.Next(original.Length) : original.Length).ToArray();
            for (var changes = random.Next(1, 4); changes > 0 && body.Length > 0; changes--)
                body[random.Next(body.Length)] = (byte)random.Next(256);
            var token = new AccessToken("key", "secret") { Sha256 = Convert.ToBase64String(SHA256.HashData(body)) }.ToJwt();
            try
            {
                Assert.NotNull(await _receiver.ReceiveAsync(body, token));
            }
            catch (AgentException error)
            {
                Assert.Contains("not an event", error.Message, StringComparison.Ordinal);
            }
        }
    }

    private static string Hash(string body) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(body)));

    private static string Sign(string body) => new AccessToken("key", "secret") { Sha256 = Hash(body) }.ToJwt();

    private async Task Refused(string body, string? authorization) =>
        await Assert.ThrowsAsync<TokenException>(async () => await _receiver.ReceiveAsync(body, authorization));
}
