using Microsoft.Extensions.Logging;

namespace Agent.Providers.OpenAi.Realtime;

internal static partial class OpenAiRealtimeLog
{
    [LoggerMessage(5401, LogLevel.Debug, "{Model} refuses {Command}: {Code}")]
    internal static partial void Refused(ILogger logger, string model, string command, string? code);

    [LoggerMessage(5402, LogLevel.Warning, "{Model} was not sent {Seconds:0.0} s of audio: the connection does not take it as fast as it comes")]
    internal static partial void Dropped(ILogger logger, string model, double seconds);
}
