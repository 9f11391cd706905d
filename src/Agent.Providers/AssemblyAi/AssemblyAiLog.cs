using Microsoft.Extensions.Logging;

namespace Agent.Providers.AssemblyAi;

internal static partial class AssemblyAiLog
{
    [LoggerMessage(2300, LogLevel.Debug, "Session {Session} of {Provider} has begun.")]
    public static partial void SessionBegan(ILogger logger, string provider, string session);

    [LoggerMessage(2301, LogLevel.Debug, "Session {Session} of {Provider} has ended: {AudioSeconds} s of audio, {BilledSeconds} s billed.")]
    public static partial void SessionEnded(ILogger logger, string provider, string? session, double audioSeconds, double billedSeconds);

    [LoggerMessage(2302, LogLevel.Information, "Session {Session} of {Provider} takes the place of one that is about to expire.")]
    public static partial void SessionRenewed(ILogger logger, string provider, string session);

    [LoggerMessage(2303, LogLevel.Warning, "No new session of {Provider} could take the place of one that is about to expire; it is tried again. {Why}")]
    public static partial void RenewalFailed(ILogger logger, string provider, string why, Exception? unforeseen);

    [LoggerMessage(2304, LogLevel.Warning, "{Provider} warns: code {Code}, session {Session}.")]
    public static partial void Warned(ILogger logger, string provider, int code, string? session);

    [LoggerMessage(2305, LogLevel.Warning, "{Provider} cannot be sent audio as fast as it comes: {Samples} samples dropped so far, session {Session}.")]
    public static partial void SamplesDropped(ILogger logger, string provider, long samples, string? session);

    [LoggerMessage(2206, LogLevel.Debug, "Session {Session} of {Provider} heard a voice and told no words; it is asked to end, which proves that it listens.")]
    public static partial void SessionDoubted(ILogger logger, string provider, string session);
}
