namespace Agent.Worker.Supervision;

internal static partial class SupervisorLog
{
    [LoggerMessage(3201, LogLevel.Information, "agent {Agent} is ready: {Engines}, up to {MaxJobs} jobs")]
    internal static partial void Ready(ILogger logger, string agent, string engines, int maxJobs);

    [LoggerMessage(3202, LogLevel.Information, "draining: {Jobs} jobs may go on for up to {Limit}; Ctrl-C ends them at once")]
    internal static partial void Draining(ILogger logger, int jobs, TimeSpan limit);

    [LoggerMessage(3203, LogLevel.Warning, "jobs were ended before their time: the drain was cut short or took too long")]
    internal static partial void DrainEndedEarly(ILogger logger);

    [LoggerMessage(3204, LogLevel.Information, "stopped")]
    internal static partial void Stopped(ILogger logger);
}
