using Microsoft.Extensions.Configuration.Memory;

namespace Agent.Worker.Hosting;

/// <summary>Logging as a worker wants it when nothing else is configured.</summary>
internal static class LoggingDefaults
{
    internal static MemoryConfigurationSource Source => new()
    {
        InitialData =
        [
            new("Logging:LogLevel:Default", "Information"),
            new("Logging:LogLevel:Microsoft", "Warning"),
            // A failed start is reported once, by AgentWorker.RunAsync, without a stack trace.
            new("Logging:LogLevel:Microsoft.Extensions.Hosting.Internal.Host", "None"),
            new("Logging:Console:FormatterName", "simple"),
            new("Logging:Console:FormatterOptions:SingleLine", "true"),
            new("Logging:Console:FormatterOptions:IncludeScopes", "true"),
            new("Logging:Console:FormatterOptions:UseUtcTimestamp", "true"),
            new("Logging:Console:FormatterOptions:TimestampFormat", "yyyy-MM-ddTHH:mm:ss.fffZ "),
        ],
    };
}
