using Microsoft.Extensions.Logging;

namespace Agent.Providers.Hedging;

internal static partial class HedgeLog
{
    [LoggerMessage(2520, LogLevel.Information, "{Loser} lost to {Winner}: {InputTokens} tokens in and {OutputTokens} out are known to have been spent; what it spent besides is not.")]
    internal static partial void Lost(ILogger logger, string loser, string winner, long inputTokens, long outputTokens);

    [LoggerMessage(2521, LogLevel.Debug, "{Provider} failed while another answered.")]
    internal static partial void FailedBeside(ILogger logger, string provider, Exception error);
}
