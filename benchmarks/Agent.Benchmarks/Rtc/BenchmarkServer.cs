using Agent.DevServer;
using Agent.LiveKit.Api;

namespace Agent.Benchmarks.Rtc;

/// <summary>The server that a benchmark talks to.</summary>
internal sealed class BenchmarkServer(string url, string key, string secret, EmbeddedServer? embedded) : IAsyncDisposable
{
    internal string Url => url;

    internal bool IsEmbedded => embedded is not null;

    internal string Token(string room, string identity) =>
        new AccessToken(key, secret) { Identity = identity, Video = new VideoGrants { RoomJoin = true, Room = room } }.ToJwt();

    public async ValueTask DisposeAsync()
    {
        if (embedded is not null)
            await embedded.DisposeAsync();
    }
}
