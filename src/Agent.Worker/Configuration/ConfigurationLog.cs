namespace Agent.Worker.Configuration;

internal static partial class ConfigurationLog
{
    [LoggerMessage(3401, LogLevel.Warning, "{Key} is no setting that this worker knows, and has no effect; see docs/configuration.md and docs/providers.md")]
    internal static partial void Unknown(ILogger logger, string key);

    [LoggerMessage(3402, LogLevel.Warning, "{Key} is no setting that this worker knows, and has no effect; did you mean {Meant}?")]
    internal static partial void Mistyped(ILogger logger, string key, string meant);
}
