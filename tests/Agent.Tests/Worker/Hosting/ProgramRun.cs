using System.Diagnostics;

namespace Agent.Tests.Worker.Hosting;

/// <summary>One run of a program of this project as a child process, to its end.</summary>
internal sealed record ProgramRun(int ExitCode, string Output, string Error)
{
    private static readonly string[] s_cleared = ["LIVEKIT_URL", "LIVEKIT_API_KEY", "LIVEKIT_API_SECRET", "AGENT_NAME", "AGENT_STT", "AGENT_LLM", "AGENT_TTS", "AGENT_INSTRUCTIONS", "AGENT_GREETING", "AGENT_REALTIME", "DEEPGRAM_API_KEY"];

    /// <param name="program">The assembly beside the tests, e.g. <c>Agent.Worker</c>.</param>
    /// <param name="environment">Variables to set; the project's own are not inherited.</param>
    /// <param name="arguments">The program's arguments.</param>
    public static async Task<ProgramRun> ToEndAsync(string program, Dictionary<string, string> environment, params string[] arguments)
    {
        using var process = Start(program, environment, arguments);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(4));
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return new(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    public static Process Start(string program, Dictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, $"{program}.dll"));
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var variable in s_cleared)
            start.Environment.Remove(variable);
        foreach (var (variable, value) in environment)
            start.Environment[variable] = value;
        return Process.Start(start)!;
    }
}
