using Agent.Protocol;

namespace Agent.DevServer.Signalling;

internal static partial class SignalLog
{
    [LoggerMessage(1401, LogLevel.Warning, "The signalling of {Identity} in room {Room} is closed: it sent {What}")]
    public static partial void Malformed(ILogger logger, string identity, string room, string what);

    [LoggerMessage(1402, LogLevel.Error, "The request {Request} of {Identity} in room {Room} failed")]
    public static partial void RequestFailed(ILogger logger, string identity, string room, SignalRequest.MessageOneofCase request, Exception exception);

    [LoggerMessage(1403, LogLevel.Debug, "{Identity} in room {Room} asks: {Request}")]
    public static partial void Request(ILogger logger, string identity, string room, SignalRequest.MessageOneofCase request);

    [LoggerMessage(1404, LogLevel.Information, "{Identity} in room {Room} simulates {Scenario}")]
    public static partial void Simulates(ILogger logger, string identity, string room, SimulateScenario.ScenarioOneofCase scenario);
}
