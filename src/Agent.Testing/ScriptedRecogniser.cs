using System.Threading.Channels;
using Agent.Pipeline.Concurrency;
using Agent.Pipeline.Speech;

namespace Agent.Testing;

/// <summary>Understands the script: words come as they are heard, also when they were spoken before, and the final result when asked, each after a delay.</summary>
public sealed class ScriptedRecogniser : ISpeechToText
{
    private readonly ManualTimeProvider _time;
    private readonly Func<ScriptedUser> _listened;
    private readonly List<(TimeSpan At, TranscriptKind Kind, string Text, TimeSpan From, TimeSpan To)> _reports = [];
    private readonly Dictionary<string, string> _mishearings = new(StringComparer.Ordinal);
    private Stream? _current;

    /// <summary>A recogniser that understands everything that the user says.</summary>
    /// <param name="time">The conversation's clock.</param>
    /// <param name="listened">Whose voice a stream hears, asked with its first samples.</param>
    public ScriptedRecogniser(ManualTimeProvider time, Func<ScriptedUser> listened)
    {
        _time = time;
        _listened = listened;
    }

    /// <inheritdoc/>
    public string Name => "scripted/recogniser";

    /// <inheritdoc/>
    public SpeechToTextCapabilities Capabilities { get; init; } = new(16_000, InterimResults: true, EndOfTurn: false, WordTimings: false);

    /// <summary>How long the final result takes after it was asked for.</summary>
    public TimeSpan FinalDelay { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long after the end of speech the recogniser itself ends the turn; null never.</summary>
    public TimeSpan? EndOfTurnAfter { get; set; }

    /// <summary>Whether what is said is understood at all; results of <see cref="Reports"/> come in any case.</summary>
    /// <value>Default true.</value>
    public bool Understands { get; set; } = true;

    /// <summary>Whether words are shown while they are spoken.</summary>
    /// <value>Default true.</value>
    public bool ShowsInterims { get; set; } = true;

    /// <summary>Whether it answers when the final words are asked for; false is a recogniser that has stalled.</summary>
    /// <value>Default true.</value>
    public bool Answers { get; set; } = true;

    /// <summary>What opening ends in; each is used once.</summary>
    public Queue<Exception> OpenErrors { get; } = new();

    /// <summary>How many streams were opened.</summary>
    public int Opened { get; private set; }

    /// <summary>Lets the recogniser send a result at a time, whatever was said.</summary>
    /// <param name="kind">How far it is with the segment.</param>
    /// <param name="text">The words.</param>
    /// <param name="from">The second at which the segment's speech began.</param>
    /// <param name="to">The second at which it ended.</param>
    /// <param name="at">The second at which the result comes.</param>
    public void Reports(TranscriptKind kind, string text, double from, double to, double at) =>
        _reports.Add((TimeSpan.FromSeconds(at), kind, text, TimeSpan.FromSeconds(from), TimeSpan.FromSeconds(to)));

    /// <summary>Lets the recogniser take what is said for something else.</summary>
    public void Mishears(string said, string asWords) => _mishearings[said] = asWords;

    /// <summary>Ends the present connection in an error, as when the network is gone.</summary>
    public void Breaks(Exception error) => _current?.End(error);

    /// <inheritdoc/>
    public ValueTask<ISpeechToTextStream> OpenAsync(CancellationToken cancellationToken)
    {
        if (OpenErrors.TryDequeue(out var error))
            throw error;
        Opened++;
        var stream = new Stream(this);
        _current = stream;
        foreach (var report in _reports.Where(report => report.At >= _time.Now))
            stream.Send(report.At, report.Kind, report.Text, report.From, report.To);
        return ValueTask.FromResult<ISpeechToTextStream>(stream);
    }

    private sealed class Stream(ScriptedRecogniser owner) : ISpeechToTextStream
    {
        private static readonly TimeSpan s_frame = TimeSpan.FromMilliseconds(10);

        private readonly Channel<Transcript> _results = Channel.CreateUnbounded<Transcript>();
        private TimeSpan _origin = owner._time.Now;
        private TimeSpan? _heard;
        private readonly HashSet<ScriptedUser.Line> _done = [];
        private readonly HashSet<ScriptedUser.Line> _ended = [];
        private string _shown = "";
        private ScriptedUser? _user;

        public void Push(ReadOnlySpan<short> samples)
        {
            _user ??= owner._listened();
            for (; samples.Length >= FrameStamp.FrameSamples; samples = samples[FrameStamp.FrameSamples..])
            {
                var spoken = FrameStamp.Read(samples) ?? owner._time.Now - s_frame;
                if (_heard is null)
                    _origin = spoken;
                _heard = spoken + s_frame;
                if (owner.Understands)
                    Hear(_user, spoken + s_frame);
            }
        }

        private void Hear(ScriptedUser user, TimeSpan now)
        {
            // Far enough back that every line is seen at its end and at its end of turn.
            var recent = now - TimeSpan.FromSeconds(1) - (owner.EndOfTurnAfter ?? TimeSpan.Zero);
            foreach (var line in user.Between(recent, now))
            {
                if (line.Text.Length == 0 || line.From < _origin)
                    continue;
                if (owner.ShowsInterims && !_done.Contains(line))
                    ShowInterim(line, now);
                if (owner.EndOfTurnAfter is { } after && now >= line.To + after && _ended.Add(line))
                {
                    Finish(line);
                    Write(new Transcript { Kind = TranscriptKind.EndOfTurn, Start = line.From - _origin, End = line.To - _origin });
                }
            }
        }

        public void Flush()
        {
            if (!owner.Answers)
                return;
            var asked = _heard ?? owner._time.Now;
            owner._time.CreateTimer(_ => Answer(asked), null, owner.FinalDelay, Timeout.InfiniteTimeSpan);
        }

        internal void End(Exception error) => _results.Writer.TryComplete(error);

        internal void Send(TimeSpan at, TranscriptKind kind, string text, TimeSpan from, TimeSpan to)
        {
            owner._time.CreateTimer(
                _ => Write(new Transcript { Kind = kind, Text = text, Start = from - _origin, End = to - _origin }), null, at - owner._time.Now, Timeout.InfiniteTimeSpan);
        }

        public IAsyncEnumerable<Transcript> ReadAsync(CancellationToken cancellationToken) => _results.Reader.ReadInContextAsync(cancellationToken);

        public ValueTask DisposeAsync()
        {
            _results.Writer.TryComplete();
            return ValueTask.CompletedTask;
        }

        private void Answer(TimeSpan asked)
        {
            foreach (var line in owner.Understands ? _user?.Lines ?? [] : [])
            {
                if (line.From < asked && line.From >= _origin && line.Text.Length > 0)
                    Finish(line);
            }

            Write(new Transcript { Kind = TranscriptKind.Flushed });
        }

        private void Finish(ScriptedUser.Line line)
        {
            if (_done.Add(line))
                Write(new Transcript { Kind = TranscriptKind.Final, Text = Understood(line), Start = line.From - _origin, End = line.To - _origin });
        }

        private string Understood(ScriptedUser.Line line) => owner._mishearings.GetValueOrDefault(line.Text, line.Text);

        private void ShowInterim(ScriptedUser.Line line, TimeSpan now)
        {
            var words = Understood(line).Split(' ');
            var spoken = Math.Clamp((now - line.From) / (line.To - line.From), 0, 1) * words.Length;
            var text = string.Join(' ', words.Take((int)spoken));
            if (text.Length == 0 || text == _shown)
                return;
            _shown = text;
            Write(new Transcript { Kind = TranscriptKind.Interim, Text = text, Start = line.From - _origin, End = now - _origin });
        }

        private void Write(Transcript transcript) => _results.Writer.TryWrite(transcript);
    }
}
