using Agent.DevServer.Dispatch;
using Agent.DevServer.Media;
using Agent.DevServer.Tokens;
using Agent.DevServer.Webhooks;
using Agent.Protocol;

namespace Agent.DevServer.Rooms;

/// <summary>What every room of a server shares.</summary>
internal sealed record RoomEnvironment(
    EmbeddedServerOptions Options,
    ServerInfo ServerInfo,
    TokenCodec Tokens,
    WorkerPool Workers,
    MediaSocket Media,
    WebhookSender Webhooks,
    EmbeddedServerCounters Counters,
    TimeProvider Time,
    ILogger Logger);
