using Agent.Worker.CommandLine;

namespace Agent.Worker.Hosting;

/// <summary>
/// A worker as a program: registers with LiveKit, is handed jobs, joins rooms and talks.
/// <code>
/// var builder = AgentWorker.CreateBuilder(args);
/// builder.AddAgent("assistant", agent =>
/// {
///     agent.Instructions = "You are a friendly receptionist.";
///     agent.SpeechToText = "local/pocketsphinx";
///     agent.LanguageModel = "local/dialogue";
///     agent.TextToSpeech = "local/flite:slt";
/// });
/// return await builder.Build().RunAsync();
/// </code>
/// </summary>
public sealed class AgentWorker : IHost
{
    private readonly IHost _host;
    private readonly WorkerCommandLine _commandLine;
    private readonly Exception? _failure;

    /// <summary>A worker, or one that cannot be started because of <paramref name="failure"/>.</summary>
    internal AgentWorker(IHost host, WorkerCommandLine commandLine, Exception? failure = null)
    {
        _host = host;
        _commandLine = commandLine;
        _failure = failure;
    }

    /// <summary>The host's services.</summary>
    public IServiceProvider Services => _host.Services;

    /// <summary>Begins a worker; its settings come from code, appsettings.json, the environment and <paramref name="args"/>, the later over the earlier.</summary>
    /// <param name="args">The program's arguments: <c>start</c> with its options (see <c>--help</c>), <c>version</c>, or nothing, which starts.</param>
    public static AgentWorkerBuilder CreateBuilder(params string[] args) => new(WorkerCommandLine.Parse(args));

    /// <summary>Starts; completes when the worker is registered.</summary>
    public Task StartAsync(CancellationToken cancellationToken = default) => _failure is null ? _host.StartAsync(cancellationToken) : Task.FromException(_failure);

    /// <summary>Drains and stops.</summary>
    public Task StopAsync(CancellationToken cancellationToken = default) => _host.StopAsync(cancellationToken);

    /// <summary>Runs until the program is asked to stop; what keeps it from running is said in one line on standard error.</summary>
    /// <returns>The program's exit code: 0 after a clean end, 1 after a failure, 2 when a setting is missing or wrong.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken = default)
    {
        if (!_commandLine.Starts)
        {
            Dispose();
            return _commandLine.Invoke();
        }

        if (_failure is not null)
            return FailureReport.Write(_failure, Console.Error);
        try
        {
            await _host.RunAsync(cancellationToken);
            return ExitCode.Success;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCode.Success;
        }
        catch (Exception exception)
        {
            return FailureReport.Write(exception, Console.Error);
        }
    }

    /// <summary>Gives everything up that the worker holds.</summary>
    public void Dispose() => _host.Dispose();
}
