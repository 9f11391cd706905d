using Agent.Pipeline.Errors;
using Agent.Pipeline.Speech;
using Agent.Providers.Audio;

namespace Agent.Providers.Local.Pocketsphinx;

/// <summary>
/// Cuts one speaker's sound into segments and has each decoded: opens at sound, with a little of what came before; ends at a pause,
/// at a flush, or when it becomes too long. Holds a decoder only in between. Used by one thread.
/// </summary>
internal sealed class SegmentDecoder : IDisposable
{
    /// <summary>What is decoded before the gate opened, in samples: 400 ms, more than the softest beginning of a word.</summary>
    private const int LeadSamples = 40 * Decoder.BlockSamples;

    private readonly DecoderPool _pool;
    private readonly Action<Transcript> _write;
    private readonly CancellationToken _cancellationToken;
    private readonly string _language;
    private readonly int _quietBlocksToEnd;
    private readonly long _longestSamples;
    private readonly int _interimSamples;

    private readonly SpeechGate _gate = new();
    private readonly short[] _lead = new short[LeadSamples];
    private readonly short[] _block = new short[Decoder.BlockSamples];
    private int _leadCount;
    private int _blockCount;
    private long _position;

    private Decoder? _decoder;
    private float[]? _voice;
    private long _start;
    private long _soundEnd;
    private long _nextInterim;
    private string _interim = "";

    public SegmentDecoder(DecoderPool pool, PocketsphinxOptions options, Action<Transcript> write, CancellationToken cancellationToken)
    {
        _pool = pool;
        _write = write;
        _cancellationToken = cancellationToken;
        _language = options.Language;
        _quietBlocksToEnd = (int)(options.SegmentSilence.TotalSeconds * 100);
        _longestSamples = (long)(options.LongestSegment.TotalSeconds * Decoder.SampleRateHz);
        _interimSamples = (int)(options.InterimInterval.TotalSeconds * Decoder.SampleRateHz);
    }

    /// <summary>Takes the next samples.</summary>
    /// <param name="samples">At the decoder's rate.</param>
    /// <param name="position">The position of the first since the stream began. A gap means that samples were dropped.</param>
    public void Push(ReadOnlySpan<short> samples, long position)
    {
        if (position != _position + _blockCount)
            Skip(position);
        while (!samples.IsEmpty)
        {
            var count = Math.Min(samples.Length, _block.Length - _blockCount);
            samples[..count].CopyTo(_block.AsSpan(_blockCount));
            samples = samples[count..];
            _blockCount += count;
            if (_blockCount < _block.Length)
                break;
            Process(_block);
            _position += _block.Length;
            _blockCount = 0;
        }

        _decoder?.Adapt();
        Interim();
    }

    /// <summary>Makes what was said so far final and says that it did.</summary>
    public void Flush()
    {
        if (_decoder is not null && _blockCount > 0)
            _decoder.Process(_block.AsSpan(0, _blockCount));
        _position += _blockCount;
        _blockCount = 0;
        End();
        var at = Time(_position);
        _write(new Transcript { Kind = TranscriptKind.Flushed, Start = at, End = at, Language = _language });
    }

    /// <summary>Gives up what is being decoded. The decoder goes back if it still ends a segment as it should; loading another costs far more.</summary>
    public void Dispose()
    {
        if (_decoder is not { } decoder)
            return;
        _decoder = null;
        try
        {
            _ = decoder.End();
        }
        catch (ProviderException)
        {
            _pool.Discard(decoder);
            return;
        }

        _pool.Return(decoder);
    }

    private static TimeSpan Time(long samples) => TimeSpan.FromSeconds((double)samples / Decoder.SampleRateHz);

    private void Process(ReadOnlySpan<short> block)
    {
        var sound = _gate.Push(block);
        if (sound)
            _soundEnd = _position + block.Length;
        if (_decoder is null && sound)
            Begin();
        if (_decoder is null)
        {
            KeepLead(block);
            return;
        }

        _decoder.Process(block);
        if (_gate.QuietBlocks >= _quietBlocksToEnd || _position - _start >= _longestSamples)
            End();
    }

    private void Begin()
    {
        _decoder = _pool.Rent(_cancellationToken);
        _decoder.Begin(_voice);
        _decoder.Process(_lead.AsSpan(0, _leadCount));
        _start = _position - _leadCount;
        _nextInterim = _position + _interimSamples;
        _interim = "";
        _leadCount = 0;
    }

    private void End()
    {
        if (_decoder is null)
            return;
        var decoder = _decoder;
        _decoder = null;
        _leadCount = 0;
        try
        {
            _voice = decoder.End();
            if (decoder.Hypothesis() is { Length: > 0 } text)
                _write(Result(TranscriptKind.Final, text, decoder.Words(Time(_start))));
        }
        catch
        {
            _pool.Discard(decoder);
            throw;
        }

        _pool.Return(decoder);
    }

    private void Interim()
    {
        if (_decoder is null || _position < _nextInterim)
            return;
        _nextInterim = _position + _interimSamples;
        var text = _decoder.Hypothesis();
        if (text.Length == 0 || string.Equals(text, _interim, StringComparison.Ordinal))
            return;
        _interim = text;
        _write(Result(TranscriptKind.Interim, text, []));
    }

    private Transcript Result(TranscriptKind kind, string text, IReadOnlyList<WordTiming> words) => new()
    {
        Kind = kind,
        Text = text,
        Start = words.Count > 0 ? words[0].Start : Time(_start),
        End = words.Count > 0 ? words[^1].End : Time(_soundEnd),
        Language = _language,
        Words = words,
    };

    private void Skip(long position)
    {
        End();
        _leadCount = 0;
        _blockCount = 0;
        _position = position;
    }

    private void KeepLead(ReadOnlySpan<short> block)
    {
        if (_leadCount == _lead.Length)
            _lead.AsSpan(block.Length).CopyTo(_lead);
        else
            _leadCount += block.Length;
        block.CopyTo(_lead.AsSpan(_leadCount - block.Length));
    }
}
