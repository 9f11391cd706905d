using System.Collections.Concurrent;
using System.Diagnostics;
using Agent.Tests.Worker.Hosting;

namespace Agent.Tests.EndToEnd.Vendors;

/// <summary>The worker as a process of its own, told everything by its environment and command line.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly Process _process;
    private readonly Task _reading;

    private WorkerProcess(Process process)
    {
        _process = process;
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
    }

    /// <summary>What it has written.</summary>
    public string Log => string.Join(Environment.NewLine, _lines);

    public bool HasExited => _process.HasExited;

    public static WorkerProcess Start(Dictionary<string, string> environment, params string[] arguments) => new(ProgramRun.Start("Agent.Worker", environment, arguments));

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        await _reading;
        _process.Dispose();
    }

    private async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
            _lines.Enqueue(line);
    }
}
