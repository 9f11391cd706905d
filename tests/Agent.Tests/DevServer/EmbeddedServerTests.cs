using System.Net;
using Agent.DevServer;

namespace Agent.Tests.DevServer;

public sealed class EmbeddedServerTests
{
    [Fact]
    public async Task StartAsync_PortInUse_SaysWhatToDo()
    {
        await using var first = await TestServer.StartAsync();
        var error = await Assert.ThrowsAsync<EmbeddedServerException>(() => TestServer.StartAsync(options => options.Port = first.Server.Url.Port));
        Assert.Equal($"Port {first.Server.Url.Port} at 127.0.0.1 is in use. Stop what uses it, or choose another port (--port).", error.Message);
        error = await Assert.ThrowsAsync<EmbeddedServerException>(() => TestServer.StartAsync(options => options.MediaPort = first.Server.MediaEndPoint.Port));
        Assert.Contains("--media-port", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_OtherAddressWithoutKeys_IsRefused()
    {
        var error = await Assert.ThrowsAsync<EmbeddedServerException>(() => TestServer.StartAsync(options => options.BindAddress = IPAddress.Any));
        Assert.Contains("--keys", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("everywhere", "--bind")]
    [InlineData("127.0.0.1", "--keys", "nocolon")]
    public void ReadOptions_Wrong_NamesTheOption(string bind, string option, params string[] keys)
    {
        var error = Assert.Throws<EmbeddedServerException>(() => ServerCommand.ReadOptions(bind, 0, 0, keys));
        Assert.Contains(option, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DisposeAsync_WithParticipants_TellsThemAndEnds()
    {
        var server = await TestServer.StartAsync();
        await using var ann = await TestClient.JoinAsync(server, server.JoinToken("ann", "r"));
        await server.DisposeAsync().AsTask().WaitAsync(TestServer.Patience);
        var leave = (await ann.ReceiveAsync(m => m.MessageCase == Protocol.SignalResponse.MessageOneofCase.Leave)).Leave;
        Assert.Equal(Protocol.DisconnectReason.ServerShutdown, leave.Reason);
    }
}
