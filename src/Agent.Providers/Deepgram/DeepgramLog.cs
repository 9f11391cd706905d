using Microsoft.Extensions.Logging;

namespace Agent.Providers.Deepgram;

internal static partial class DeepgramLog
{
    [LoggerMessage(2700, LogLevel.Debug, "{Provider}: a stream was opened, request {RequestId}.")]
    public static partial void StreamOpened(ILogger logger, string provider, string? requestId);

    [LoggerMessage(2701, LogLevel.Warning, "{Provider} cannot be given audio as fast as it comes: {Samples} samples dropped so far, request {RequestId}.")]
    public static partial void SamplesDropped(ILogger logger, string provider, long samples, string? requestId);

    [LoggerMessage(2702, LogLevel.Debug, "{Provider} did not answer a flush within {Seconds} s, request {RequestId}.")]
    public static partial void FlushUnanswered(ILogger logger, string provider, double seconds, string? requestId);

    [LoggerMessage(2703, LogLevel.Warning, "{Provider} warns: {Code}, request {RequestId}.")]
    public static partial void Warned(ILogger logger, string provider, string code, string? requestId);

    [LoggerMessage(2704, LogLevel.Debug, "{Provider} sent a message of the unknown type {Type}, request {RequestId}.")]
    public static partial void UnknownMessage(ILogger logger, string provider, string type, string? requestId);

    [LoggerMessage(2705, LogLevel.Debug, "{Provider} did not confirm that an utterance is cleared; its connection is closed, request {RequestId}.")]
    public static partial void NotCleared(ILogger logger, string provider, string? requestId);

    [LoggerMessage(2706, LogLevel.Debug, "{Provider} begins an utterance, request {RequestId}.")]
    public static partial void UtteranceBegun(ILogger logger, string provider, string? requestId);
}
