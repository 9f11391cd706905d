using Agent.Pipeline.Errors;
using Microsoft.Extensions.Logging;

namespace Agent.Providers.Fallback;

internal static partial class FallbackLog
{
    [LoggerMessage(2500, LogLevel.Warning, "{Provider} is put aside ({Kind}), and tried again in {Delay}; the next of a list takes over. {Why}")]
    internal static partial void PutAside(ILogger logger, string provider, ProviderErrorKind kind, TimeSpan delay, string why);

    [LoggerMessage(2501, LogLevel.Information, "{Provider} is well again and takes over from those behind it.")]
    internal static partial void Recovered(ILogger logger, string provider);

    [LoggerMessage(2502, LogLevel.Debug, "{Provider} is not well yet; it is tried again in {Delay}. {Why}")]
    internal static partial void StillAside(ILogger logger, string provider, TimeSpan delay, string why);

    [LoggerMessage(2503, LogLevel.Warning, "{By} takes over from {Provider}.")]
    internal static partial void TookOver(ILogger logger, string provider, string by);
}
