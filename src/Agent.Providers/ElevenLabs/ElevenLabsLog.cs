using Microsoft.Extensions.Logging;

namespace Agent.Providers.ElevenLabs;

internal static partial class ElevenLabsLog
{
    [LoggerMessage(2800, LogLevel.Debug, "A connection to {Provider} was opened, {Open} are open.")]
    public static partial void Connected(ILogger logger, string provider, int open);

    [LoggerMessage(2801, LogLevel.Debug, "A connection to {Provider} is over: {Kind}.")]
    public static partial void Disconnected(ILogger logger, string provider, Pipeline.Errors.ProviderErrorKind kind);

    [LoggerMessage(2802, LogLevel.Information, "{Provider}: an utterance begins again on another connection, nothing of it was heard yet.")]
    public static partial void Repeated(ILogger logger, string provider);
}
