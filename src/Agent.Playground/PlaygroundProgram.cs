using Agent.Playground.Check;
using Agent.Playground.Web;
using Agent.Worker.Hosting;

namespace Agent.Playground;

/// <summary>What <c>./run</c> does.</summary>
internal static class PlaygroundProgram
{
    /// <returns>The program's exit code: 0 after a clean end or a good check, 1 after a failure, 2 when a setting is missing or wrong.</returns>
    internal static async Task<int> RunAsync(string[] args)
    {
        if (PlaygroundCommandLine.Parse(args, out var exitCode) is not { } options)
            return exitCode;
        using var interrupt = new Interrupt();
        try
        {
            return options.Check ? await CheckProgram.RunAsync(options, interrupt.Token) : await ServeAsync(options, interrupt.Token);
        }
        catch (OperationCanceledException) when (interrupt.Token.IsCancellationRequested)
        {
            return options.Check ? ExitCode.Failure : ExitCode.Success;
        }
        catch (Exception exception)
        {
            return FailureReport.Write(exception, Console.Error);
        }
    }

    private static async Task<int> ServeAsync(PlaygroundOptions options, CancellationToken interrupted)
    {
        await using var stack = await LocalStack.StartAsync(options, onEvent: null, interrupted);
        await using var page = await PageServer.StartAsync(
            new SessionDesk(stack.Server, stack.AgentName), options.WebPort, PageFiles.Find(AppContext.BaseDirectory), interrupted);
        Welcome.Print(Terminal.Open(), stack, page.Address);
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, interrupted).ContinueWith(static _ => { }, TaskScheduler.Default);
        Console.WriteLine("Stopping ...");
        return ExitCode.Success;
    }
}
