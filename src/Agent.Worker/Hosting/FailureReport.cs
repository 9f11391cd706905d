using Agent.Pipeline.Errors;
using Microsoft.Extensions.Options;

namespace Agent.Worker.Hosting;

/// <summary>Turns what ended the program into one message for the person who has to act on it, and an exit code.</summary>
internal static class FailureReport
{
    /// <summary>Writes <c>error:</c> and the message to <paramref name="output"/>, without a stack trace.</summary>
    /// <returns>The exit code.</returns>
    internal static int Write(Exception exception, TextWriter output)
    {
        var (message, code) = Describe(exception);
        output.WriteLine($"error: {message.ReplaceLineEndings(" ")}");
        return code;
    }

    private static (string Message, int Code) Describe(Exception exception) => exception switch
    {
        OptionsValidationException invalid => (string.Join(" ", invalid.Failures), ExitCode.Configuration),
        ConfigurationException wrong => (wrong.Message, ExitCode.Configuration),
        AgentException failed => (failed.Message, ExitCode.Failure),
        AggregateException { InnerExceptions.Count: > 0 } several => Describe(several.InnerExceptions[0]),
        InvalidOperationException { InnerException: FormatException or ArgumentException } binding => (UnreadableSetting.Describe(binding), ExitCode.Configuration),
        InvalidDataException file => (Innermost(file), ExitCode.Configuration),
        _ => ($"unexpected {exception.GetType().Name}: {exception.Message} Please report it with the log.", ExitCode.Failure),
    };

    private static string Innermost(Exception exception) =>
        exception.InnerException is null ? exception.Message : $"{exception.Message} {exception.GetBaseException().Message}";
}
