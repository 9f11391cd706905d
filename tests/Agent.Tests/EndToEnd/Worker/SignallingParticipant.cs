using System.Net.WebSockets;
using Agent.LiveKit.Api;
using Agent.Protocol;

namespace Agent.Tests.EndToEnd.Worker;

/// <summary>A participant that joins by signalling alone, without media: enough to open a room.</summary>
internal sealed class SignallingParticipant : IDisposable
{
    private readonly ClientWebSocket _socket = new();

    private SignallingParticipant()
    {
    }

    public static async Task<SignallingParticipant> JoinAsync(LiveKitServer server, string token)
    {
        var participant = new SignallingParticipant();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await participant._socket.ConnectAsync(new Uri(server.WebSocketUrl, $"rtc?access_token={token}&protocol=16&auto_subscribe=1&sdk=js&version=2.0.0"), limit.Token);
        var buffer = new byte[64 * 1024];
        var first = await participant._socket.ReceiveAsync(buffer, limit.Token);
        Assert.NotNull(SignalResponse.Parser.ParseFrom(buffer, 0, first.Count).Join);
        return participant;
    }

    public void Dispose() => _socket.Dispose();
}
