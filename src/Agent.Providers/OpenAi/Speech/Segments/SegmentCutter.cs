using Agent.Providers.Audio;

namespace Agent.Providers.OpenAi.Speech.Segments;

/// <summary>
/// Cuts a participant's audio into the segments that a recogniser of whole segments works on. A segment begins when voice activity tells so, or with
/// the first sound that stands out from the background, and ends with a flush; a long one is cut at a quiet place. Silence between segments goes
/// nowhere: it would cost money and make such recognisers invent words. Where voice activity is told at all, sound that it never confirms is
/// discarded. Not safe for concurrent use; allocates nothing after construction.
/// </summary>
internal sealed class SegmentCutter
{
    private const int BlocksPerSecond = 100;

    private readonly SpeechGate _gate = new();
    private readonly ISegmentSink _sink;
    private readonly short[] _block;
    private readonly short[] _lead;
    private readonly int _longest;
    private readonly int _hardLimit;
    private readonly int _quietToCut;
    private readonly int _quietToDiscard;
    private int _filled;
    private int _leadStart;
    private int _leadCount;
    private long _next;
    private long _length;
    private bool _isTold;
    private bool _isConfirmed;
    private SegmentSpan _span;

    public SegmentCutter(int sampleRateHz, SegmentLimits limits, ISegmentSink sink)
    {
        _sink = sink;
        _block = new short[sampleRateHz / BlocksPerSecond];
        _lead = new short[Blocks(limits.Lead) * _block.Length];
        _longest = Blocks(limits.Longest) * _block.Length;
        _hardLimit = _longest + (Blocks(limits.Grace) * _block.Length);
        _quietToCut = Blocks(limits.QuietToCut);
        _quietToDiscard = Blocks(limits.QuietToDiscard);
    }

    /// <summary>Whether a segment is going on.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Takes the next samples.</summary>
    /// <param name="samples">Any number of them.</param>
    /// <param name="position">The position of the first; later than expected where some were dropped.</param>
    public void Push(ReadOnlySpan<short> samples, long position)
    {
        _next = position - _filled;
        while (!samples.IsEmpty)
        {
            var count = Math.Min(_block.Length - _filled, samples.Length);
            samples[..count].CopyTo(_block.AsSpan(_filled));
            _filled += count;
            samples = samples[count..];
            if (_filled < _block.Length)
                return;
            Accept();
        }
    }

    /// <summary>Voice activity has begun in what was pushed a moment ago.</summary>
    public void SpeechBegins()
    {
        _isTold = true;
        _isConfirmed = true;
        if (!IsOpen)
            Open();
    }

    /// <summary>What was pushed so far is to be understood now.</summary>
    public void Flush()
    {
        if (IsOpen)
        {
            Add(_block.AsSpan(0, _filled));
            _filled = 0;
            Close();
        }

        _sink.OnFlush();
    }

    private static int Blocks(TimeSpan time) => (int)Math.Round(time.TotalSeconds * BlocksPerSecond);

    private void Accept()
    {
        var isSound = _gate.Push(_block);
        if (!IsOpen && isSound)
        {
            _isConfirmed |= !_isTold;
            Open();
        }

        _filled = 0;
        if (!IsOpen)
        {
            Keep(_block);
            _isConfirmed &= _gate.QuietBlocks < _quietToCut;
            return;
        }

        Add(_block);
        if (isSound)
            _span = _span with { VoiceFrom = _span.VoiceFrom < 0 ? _next - _block.Length : _span.VoiceFrom, VoiceTo = _next };
        if (!_isConfirmed && _gate.QuietBlocks >= _quietToDiscard)
            Discard();
        else if (_length >= _hardLimit || (_length >= _longest && _gate.QuietBlocks >= _quietToCut))
            Close();
    }

    private void Keep(ReadOnlySpan<short> block)
    {
        if (_lead.Length == 0)
        {
            _next += block.Length;
            return;
        }

        block.CopyTo(_lead.AsSpan((_leadStart + _leadCount) % _lead.Length));
        if (_leadCount == _lead.Length)
            _leadStart = (_leadStart + block.Length) % _lead.Length;
        else
            _leadCount += block.Length;
        _next += block.Length;
    }

    private void Open()
    {
        IsOpen = true;
        _length = 0;
        var from = _next - _leadCount;
        _span = new SegmentSpan(from, -1, -1);
        _sink.OnBegin(from);
        var first = Math.Min(_leadCount, _lead.Length - _leadStart);
        AddLead(_lead.AsSpan(_leadStart, first));
        AddLead(_lead.AsSpan(0, _leadCount - first));
        _leadStart = 0;
        _leadCount = 0;
    }

    private void AddLead(ReadOnlySpan<short> samples)
    {
        if (samples.IsEmpty)
            return;
        _length += samples.Length;
        _sink.OnSamples(samples);
    }

    private void Add(ReadOnlySpan<short> samples)
    {
        _next += samples.Length;
        AddLead(samples);
    }

    private void Close()
    {
        IsOpen = false;

        // A voice that goes on while its first part is taken away needs no second confirmation.
        _isConfirmed &= _gate.QuietBlocks < _quietToCut;
        var span = _span.VoiceFrom < 0 ? _span with { VoiceFrom = _span.From, VoiceTo = _next } : _span;
        if (_length == 0)
            _sink.OnDiscarded();
        else
            _sink.OnEnd(span);
    }

    private void Discard()
    {
        IsOpen = false;
        _sink.OnDiscarded();
    }
}
