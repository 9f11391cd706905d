using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Agent.Tests.EndToEnd;

/// <summary>Keeps the last lines that a component logged, so that a failing test can show them.</summary>
public sealed class TestLog : ILoggerProvider
{
    private const int MaxLines = 2000;
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyList<string> Lines => [.. _lines];

    /// <summary>Waits until a line holds a text.</summary>
    public async Task UntilAsync(string text, TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience);
        while (!_lines.Any(line => line.Contains(text, StringComparison.Ordinal)))
        {
            if (limit.IsCancellationRequested)
                throw new TimeoutException($"Nothing like \"{text}\" was logged within {patience.TotalSeconds} s, only:{Environment.NewLine}{this}");
            await Task.Yield();
        }
    }

    public override string ToString() => string.Join(Environment.NewLine, _lines);

    public ILogger CreateLogger(string categoryName) => new Logger(this);

    public void Dispose()
    {
    }

    private sealed class Logger(TestLog owner) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            owner._lines.Enqueue($"{logLevel} {formatter(state, exception)}{(exception is null ? "" : Environment.NewLine + exception)}");
            while (owner._lines.Count > MaxLines)
                owner._lines.TryDequeue(out _);
        }
    }
}
