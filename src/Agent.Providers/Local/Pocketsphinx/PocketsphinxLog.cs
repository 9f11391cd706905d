using Microsoft.Extensions.Logging;

namespace Agent.Providers.Local.Pocketsphinx;

internal static partial class PocketsphinxLog
{
    [LoggerMessage(2540, LogLevel.Debug, "A decoder was loaded in {Milliseconds} ms.")]
    public static partial void DecoderLoaded(ILogger logger, double milliseconds);

    [LoggerMessage(2541, LogLevel.Warning, "A stream cannot keep up: {Samples} samples dropped so far. Fewer speakers at once, more processors, or more of Providers:Local:Pocketsphinx:Decoders help.")]
    public static partial void SamplesDropped(ILogger logger, long samples);

    [LoggerMessage(2542, LogLevel.Warning, "pocketsphinx: {Message}")]
    public static partial void NativeError(ILogger logger, string message);

    [LoggerMessage(2543, LogLevel.Debug, "pocketsphinx: {Message}")]
    public static partial void NativeWarning(ILogger logger, string message);

    [LoggerMessage(2544, LogLevel.Critical, "pocketsphinx ends the process: {Message}")]
    public static partial void NativeFatal(ILogger logger, string message);

    [LoggerMessage(2545, LogLevel.Error, "A stream has stopped.")]
    public static partial void StreamFailed(ILogger logger, Exception exception);
}
