using Agent.Pipeline.Errors;

namespace Agent.Worker.Hosting;

/// <summary>Checks the levels of logging, which are read before there is anything that could report them.</summary>
internal static class LogLevels
{
    /// <summary>The error of the first level that is none; null if all are.</summary>
    internal static ConfigurationException? Check(IConfiguration configuration)
    {
        foreach (var (key, value) in configuration.GetSection("Logging").AsEnumerable())
        {
            if (key.Contains(":LogLevel:", StringComparison.OrdinalIgnoreCase) && value is { Length: > 0 } && !Enum.TryParse<LogLevel>(value, ignoreCase: true, out _))
                return new ConfigurationException($"{key} (--log-level) is '{value}'; it has to be one of {string.Join(", ", Enum.GetNames<LogLevel>())}.");
        }

        return null;
    }
}
