using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Agent.Pipeline.History;
using Agent.Pipeline.Recordings.Lines;
using Agent.Pipeline.Sessions;
using Agent.Pipeline.Sessions.Events;
using Agent.Pipeline.Turns.Effects;
using Agent.Pipeline.Turns.Events;
using Microsoft.Extensions.Logging;

namespace Agent.Pipeline.Recordings;

/// <summary>
/// Records one session to a file, off its loop. A recording has everything or ends: where the disk is full or too slow, that is logged once and the
/// conversation goes on without it.
/// </summary>
internal sealed class SessionRecorder : ISessionObserver
{
    /// <summary>How many lines may wait for the disk.</summary>
    internal const int Capacity = 10_000;

    private readonly string _directory;
    private readonly ILogger _logger;
    private readonly Channel<RecordingLine> _lines = Channel.CreateBounded<RecordingLine>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly DateTimeOffset _startedAt;
    private int _ended;

    internal SessionRecorder(string directory, HeaderLine header, ILogger logger)
    {
        _directory = directory;
        _logger = logger;
        _startedAt = header.StartedAt;
        _lines.Writer.TryWrite(header);
    }

    /// <summary>Records a step of the turn machine. Belongs to the session's loop, as do all below.</summary>
    internal void Add(TimeSpan at, TurnEvent turnEvent, List<TurnEffect> effects) =>
        Add(new InputLine(at, turnEvent, effects.Count == 0 ? [] : effects.ConvertAll(EffectText.Describe)));

    public void OnEvent(SessionEvent sessionEvent)
    {
        switch (sessionEvent)
        {
            case HistoryChanged { Item: UserMessage item }: Add(new HistoryLine(sessionEvent.At, "user", item.Id, item.Text, Interrupted: false)); break;
            case HistoryChanged { Item: AgentMessage item }: Add(new HistoryLine(sessionEvent.At, "agent", item.Id, item.Text, item.Interrupted)); break;
            case HistoryChanged { Item: ToolCall item }: Add(new HistoryLine(sessionEvent.At, "tool", item.Id, item.Name, Interrupted: false)); break;
            case TurnEnded e: Add(new TurnLine(e.At, e.Entry)); break;
            case ProviderFailed e: Add(new FailureLine(e.At, e.Stage, e.Error.GetType().Name)); break;
        }
    }

    /// <summary>The session is over.</summary>
    internal void Complete(TimeSpan at, SessionCloseReason reason)
    {
        Add(new EndLine(at, reason));
        _lines.Writer.TryComplete();
    }

    /// <summary>Writes until the session is over or writing fails. Never fails.</summary>
    internal async Task RunAsync()
    {
        // The file is written synchronously: it is fast, in order, and on virtual time the same every time.
        await Task.Yield();
        try
        {
            await using var file = Create();
            SessionLog.RecordingStarted(_logger, file.Name);
            var reader = _lines.Reader;
            while (await reader.WaitToReadAsync())
            {
                while (reader.TryRead(out var line))
                    Write(file, line);
                file.Flush();
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            End(e);
        }
    }

    private static void Write(FileStream file, RecordingLine line)
    {
        file.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(line, RecordingJson.Default.RecordingLine)));
        file.WriteByte((byte)'\n');
    }

    private void Add(RecordingLine line)
    {
        if (Volatile.Read(ref _ended) == 0 && !_lines.Writer.TryWrite(line))
            End(new IOException($"{Capacity} lines wait for the disk, which is the most."));
    }

    private void End(Exception error)
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0)
            return;
        SessionLog.RecordingEnded(_logger, _directory, error);
        _lines.Writer.TryComplete();
        while (_lines.Reader.TryRead(out _))
        {
            // Nobody will write them.
        }
    }

    private FileStream Create()
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(_directory);
        else
            Directory.CreateDirectory(_directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var name = _startedAt.UtcDateTime.ToString("yyyyMMdd'T'HHmmss.fff'Z'", CultureInfo.InvariantCulture);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        // Sessions that begin in the same millisecond get a number.
        for (var n = 1; ; n++)
        {
            var path = Path.Combine(_directory, n == 1 ? $"{name}.jsonl" : string.Create(CultureInfo.InvariantCulture, $"{name}-{n}.jsonl"));
            try
            {
                return new FileStream(path, options);
            }
            catch (IOException) when (File.Exists(path) && n < 10_000)
            {
                // Taken: the next number.
            }
        }
    }
}
