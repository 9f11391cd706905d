using Microsoft.Extensions.Logging;

namespace Agent.Providers.AzureSpeech;

internal static partial class AzureSpeechLog
{
    [LoggerMessage(2400, LogLevel.Warning, "{Provider} is not taking the audio as fast as it comes: {Samples} samples dropped so far.")]
    public static partial void SamplesDropped(ILogger logger, string provider, long samples);

    [LoggerMessage(2401, LogLevel.Debug, "{Provider} has ended a turn by itself; the next one begins {Milliseconds} ms back, where the last result ended.")]
    public static partial void TurnEnded(ILogger logger, string provider, double milliseconds);

    [LoggerMessage(2402, LogLevel.Debug, "{Provider} has closed a connection on which nothing was said; the next audio opens another.")]
    public static partial void IdleClosed(ILogger logger, string provider);
}
