using System.Threading.Channels;

namespace Agent.Pipeline.Replies;

/// <summary>
/// The words of one utterance on their way to the synthesizer, in parts: what the agent says before it runs a tool is a part of its own, spoken
/// to its end, so that no word hangs in the synthesizer while the tool takes its time.
/// </summary>
internal sealed class SpeechScript
{
    private static readonly UnboundedChannelOptions s_oneToOne = new() { SingleReader = true, SingleWriter = true };

    private readonly Channel<ChannelReader<string>> _parts = Channel.CreateUnbounded<ChannelReader<string>>(s_oneToOne);
    private Channel<string>? _open;
    private bool _hasText;
    private int _written;
    private int _spoken;

    /// <summary>The parts; each in pieces.</summary>
    internal ChannelReader<ChannelReader<string>> Parts => _parts.Reader;

    /// <summary>Whether everything that was written has become sound.</summary>
    internal bool IsSpoken => Volatile.Read(ref _spoken) == Volatile.Read(ref _written);

    /// <summary>Begins a part, so that a synthesizer can be had ready before its first word.</summary>
    internal void BeginPart()
    {
        EndPart();
        _open = Channel.CreateUnbounded<string>(s_oneToOne);
        _hasText = false;
        _parts.Writer.TryWrite(_open.Reader);
    }

    internal void Write(string piece)
    {
        if (_open is null)
            BeginPart();
        if (!_hasText)
        {
            _hasText = true;
            Interlocked.Increment(ref _written);
        }

        _open!.Writer.TryWrite(piece);
    }

    internal void EndPart()
    {
        _open?.Writer.TryComplete();
        _open = null;
    }

    /// <summary>Says that no more text follows.</summary>
    internal void Complete()
    {
        EndPart();
        _parts.Writer.TryComplete();
    }

    /// <summary>A part that had any text has become sound.</summary>
    internal void MarkSpoken() => Interlocked.Increment(ref _spoken);
}
