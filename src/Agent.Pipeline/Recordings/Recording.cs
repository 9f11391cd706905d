using System.Globalization;
using System.Text.Json;
using Agent.Pipeline.Recordings.Lines;
using Agent.Pipeline.Turns;

namespace Agent.Pipeline.Recordings;

/// <summary>A recorded session: what the turn machine was told, when, and what it decided.</summary>
public sealed class Recording
{
    private Recording(string name, HeaderLine header, IReadOnlyList<RecordedStep> steps, bool isTruncated)
    {
        Name = name;
        Header = header;
        Steps = steps;
        IsTruncated = isTruncated;
    }

    /// <summary>The file's name, for messages.</summary>
    public string Name { get; }

    /// <summary>When the session began.</summary>
    public DateTimeOffset StartedAt => Header.StartedAt;

    /// <summary>Whether the end is missing, because the process ended first; what is there can be replayed.</summary>
    public bool IsTruncated { get; }

    internal HeaderLine Header { get; }

    internal IReadOnlyList<RecordedStep> Steps { get; }

    /// <summary>The options of the recorded session's machine.</summary>
    internal TurnOptions Options
    {
        get
        {
            var options = Header.Turns.For(Header.DetectionDelay, detector: null, modelHears: Header.RealtimeModel is not null);
            options.DetectorThreshold = Header.DetectorThreshold;
            options.DetectorNeedsAudio = Header.DetectorNeedsAudio;
            return options;
        }
    }

    /// <summary>Reads a recording.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="RecordingException">It is not there, or something in it cannot be read; the message says in which line.</exception>
    public static Recording Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new RecordingException($"{path} cannot be read: {e.Message}", e);
        }

        return Parse(Path.GetFileName(path), text);
    }

    /// <summary>Runs the inputs through the turn machine as it is now.</summary>
    public Replay Replay() => Replayer.Run(this);

    internal static Recording Parse(string name, string text)
    {
        HeaderLine? header = null;
        var steps = new List<RecordedStep>();
        var isWhole = false;
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            // The last line has no end when the process ended while it was written.
            if (i == lines.Length - 1)
            {
                if (lines[i].Length > 0 && header is null)
                    throw Unreadable(name, 1, "the line has no end");
                break;
            }

            switch (Read(name, i + 1, lines[i]))
            {
                case HeaderLine when header is not null: throw Unreadable(name, i + 1, "there is a second header");
                case HeaderLine line: header = line; break;
                case var _ when header is null: throw Unreadable(name, i + 1, "a recording begins with its header");
                case InputLine line when steps.Count > 0 && line.At < steps[^1].At: throw Unreadable(name, i + 1, "it is earlier than the one before");
                case InputLine line: steps.Add(new RecordedStep(i + 1, line.At, line.Input, line.Effects)); break;
                case EndLine: isWhole = true; break;
            }
        }

        return new Recording(name, header ?? throw Unreadable(name, 1, "the file is empty"), steps, !isWhole);
    }

    private static RecordingLine Read(string name, int number, string text)
    {
        try
        {
            // The version first: another one may have anything behind it.
            using var document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw Unreadable(name, number, "it is no JSON object");
            if (document.RootElement.TryGetProperty("version", out var version) && (!version.TryGetInt32(out var value) || value != HeaderLine.CurrentVersion))
                throw Unreadable(name, number, string.Create(CultureInfo.InvariantCulture, $"the version is {version.GetRawText()}; this program reads version {HeaderLine.CurrentVersion}"));
            return document.RootElement.Deserialize(RecordingJson.Default.RecordingLine) ?? throw Unreadable(name, number, "it is empty");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or InvalidOperationException)
        {
            throw Unreadable(name, number, FirstSentence(e.Message), e);
        }
    }

    // What follows names positions inside the line that the line number already tells.
    private static string FirstSentence(string message) => message.Split(" Path: ", 2)[0].Split(" LineNumber: ", 2)[0].TrimEnd('.', ' ');

    private static RecordingException Unreadable(string name, int line, string reason, Exception? error = null)
    {
        var message = string.Create(CultureInfo.InvariantCulture, $"{name}, line {line}: {reason}.");
        return error is null ? new RecordingException(message) : new RecordingException(message, error);
    }
}
