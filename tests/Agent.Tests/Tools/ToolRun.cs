using System.ComponentModel;
using System.Diagnostics;

namespace Agent.Tests.Tools;

/// <summary>What a program of the outside world said.</summary>
internal sealed record ToolRun(int ExitCode, string Output, string Error)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(4);

    /// <summary>Both streams, for the message of a failed assertion.</summary>
    internal string Everything => $"exit code {ExitCode}\n{Output}{Error}";

    /// <summary>Runs a program to its end; a missing one fails the test with the command that installs it.</summary>
    internal static async Task<ToolRun> StartAsync(string remedy, string program, params string[] arguments)
    {
        using var process = new Process { StartInfo = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = Repository.Root } };
        try
        {
            process.Start();
        }
        catch (Win32Exception missing)
        {
            Assert.Fail($"{program} cannot be started: {missing.Message}. Install it: {remedy}");
        }

        using var limit = new CancellationTokenSource(s_limit);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return new(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException tooLate)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end within {s_limit}.", tooLate);
        }
    }
}
