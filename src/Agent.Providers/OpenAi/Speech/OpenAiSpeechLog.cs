using Microsoft.Extensions.Logging;

namespace Agent.Providers.OpenAi.Speech;

internal static partial class OpenAiSpeechLog
{
    [LoggerMessage(2600, LogLevel.Debug, "{Provider}: connection {RequestId} makes room for a new one after {Age}.")]
    public static partial void Renewing(ILogger logger, string provider, string? requestId, TimeSpan age);

    [LoggerMessage(2601, LogLevel.Information, "{Provider}: connection {RequestId} was closed by the vendor between two utterances (WebSocket {Code}) and is replaced.")]
    public static partial void ClosedIdle(ILogger logger, string provider, string? requestId, int? code);

    [LoggerMessage(2602, LogLevel.Warning, "{Provider}: a stream cannot keep up with the speech; {Samples} samples dropped so far.")]
    public static partial void SamplesDropped(ILogger logger, string provider, long samples);
}
