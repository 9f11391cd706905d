using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Agent.Pipeline.History;
using Agent.Pipeline.Recordings.Lines;
using Agent.Pipeline.Recordings.Sound;
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
    private readonly IReadOnlyList<SoundTrack> _tracks;
    private readonly ILogger _logger;
    private readonly Channel<RecordingLine> _lines = Channel.CreateBounded<RecordingLine>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly DateTimeOffset _startedAt;
    private int _ended;

    /// <param name="directory">Where the files go.</param>
    /// <param name="header">The first line.</param>
    /// <param name="tracks">Sound that goes into files beside; may be empty.</param>
    /// <param name="logger">Learns where the recording is, or why it ended.</param>
    internal SessionRecorder(string directory, HeaderLine header, IReadOnlyList<SoundTrack> tracks, ILogger logger)
    {
        _tracks = tracks;
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
        foreach (var track in _tracks)
            track.Complete();
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
            var sound = Task.WhenAll(_tracks.Select(track => WriteAsync(track, file.Name)));
            var reader = _lines.Reader;
            while (await reader.WaitToReadAsync())
            {
                while (reader.TryRead(out var line))
                    Write(file, line);
                file.Flush();
            }

            await sound;
        }
        catch (Exception e) when (IsOfTheDisk(e))
        {
            End(e);
            while (_lines.Reader.TryRead(out _))
            {
                // Nobody will write them.
            }
        }
    }

    private static bool IsOfTheDisk(Exception e) => e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException;

    // Sound that cannot be written ends by itself: the lines are worth more.
    private async Task WriteAsync(SoundTrack track, string lines)
    {
        try
        {
            await track.RunAsync(Path.ChangeExtension(lines, $".{track.Side}.wav"));
        }
        catch (Exception e) when (IsOfTheDisk(e))
        {
            track.Complete();
            SessionLog.RecordingEnded(_logger, _directory, e);
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

        // What waits is still written: up to here the recording is complete.
        _lines.Writer.TryComplete();
    }

    private FileStream Create()
    {
        OwnerOnly.CreateDirectory(_directory);
        var name = _startedAt.UtcDateTime.ToString("yyyyMMdd'T'HHmmss.fff'Z'", CultureInfo.InvariantCulture);

        // Sessions that begin in the same millisecond get a number.
        for (var n = 1; ; n++)
        {
            var path = Path.Combine(_directory, n == 1 ? $"{name}.jsonl" : string.Create(CultureInfo.InvariantCulture, $"{name}-{n}.jsonl"));
            try
            {
                return OwnerOnly.Create(path);
            }
            catch (IOException) when (File.Exists(path) && n < 10_000)
            {
                // Taken: the next number.
            }
        }
    }
}
