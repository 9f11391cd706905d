using Microsoft.Extensions.Logging;

namespace Agent.Providers.LanguageModels;

internal static partial class LanguageModelLog
{
    [LoggerMessage(2560, LogLevel.Warning, "{Provider} does not take {Option} by the interface that it is called by: what the agent sets there has no effect. This is told once.")]
    internal static partial void Ignored(ILogger logger, string provider, string option);
}
