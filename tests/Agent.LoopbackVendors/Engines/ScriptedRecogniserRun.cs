using System.Threading.Channels;
using Agent.Pipeline.Speech;

namespace Agent.LoopbackVendors.Engines;

/// <summary>One client's audio, heard by the script.</summary>
internal sealed class ScriptedRecogniserRun(int sampleRateHz, Func<string> nextLine) : IRecogniserRun
{
    private static readonly TimeSpan s_word = TimeSpan.FromMilliseconds(200);

    private readonly Channel<Heard> _heard = Channel.CreateUnbounded<Heard>();
    private readonly SpeechLevel _level = new(sampleRateHz);
    private string[] _line = [];
    private int _told;

    public void Push(ReadOnlySpan<short> samples)
    {
        while (!samples.IsEmpty)
        {
            _level.Take(ref samples, out var started, out var ended);
            if (started)
            {
                _line = nextLine().Split(' ', StringSplitOptions.RemoveEmptyEntries);
                _told = 0;
                Tell(HeardKind.SpeechStarted, 0);
            }

            if (_level.IsSpeaking && _told < _line.Length && _level.Now - _level.StartedAt >= s_word * (_told + 1))
                Tell(HeardKind.Interim, ++_told);
            if (ended)
                End();
        }
    }

    public void Flush()
    {
        if (_level.IsSpeaking)
        {
            _level.Stop();
            End();
        }

        _heard.Writer.TryWrite(new Heard(HeardKind.Flushed, _level.Now, _level.Now, []));
    }

    public IAsyncEnumerable<Heard> ReadAsync(CancellationToken cancellationToken) => _heard.Reader.ReadAllAsync(cancellationToken);

    public ValueTask DisposeAsync()
    {
        _heard.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    private void End()
    {
        Tell(HeardKind.Final, _line.Length);
        Tell(HeardKind.SpeechEnded, 0);
    }

    private void Tell(HeardKind kind, int words)
    {
        var start = _level.StartedAt;
        var end = kind == HeardKind.Interim ? _level.Now : Later(_level.LastLoudAt, start);
        var each = words == 0 ? TimeSpan.Zero : (end - start) / words;
        _heard.Writer.TryWrite(new Heard(kind, start, end, [.. _line.Take(words).Select((word, i) => new WordTiming(word, start + (each * i), start + (each * (i + 1))))]));
    }

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
