namespace Agent.Providers.AzureSpeech.Recognition;

/// <summary>The audio that was sent last, so that a turn which the service ends by itself can be followed by one that begins where its last result ended. One user.</summary>
/// <param name="capacitySamples">How many samples are kept.</param>
internal sealed class SentAudio(int capacitySamples)
{
    /// <summary>3 % of full scale.</summary>
    private const short Audible = 1_000;

    private readonly short[] _ring = new short[capacitySamples];
    private long _written;

    /// <summary>The first position that is still here.</summary>
    public long From => Math.Max(0, _written - _ring.Length) + Skipped;

    /// <summary>The position after the last sample.</summary>
    public long To => _written + Skipped;

    /// <summary>Samples that were never written, because they were dropped before.</summary>
    public long Skipped { get; private set; }

    public void Write(ReadOnlySpan<short> samples)
    {
        var at = (int)(_written % _ring.Length);
        var first = Math.Min(samples.Length, _ring.Length - at);
        samples[..first].CopyTo(_ring.AsSpan(at));
        samples[first..].CopyTo(_ring);
        _written += samples.Length;
    }

    /// <summary>Moves the positions on; what was sent before a gap is not sent again.</summary>
    public void Skip(long skipped)
    {
        if (skipped > Skipped)
            Skipped = skipped;
    }

    /// <summary>Whether the last samples are hardly audible.</summary>
    /// <param name="count">How many.</param>
    public bool IsQuiet(int count)
    {
        for (var position = Math.Max(0, _written - Math.Min(count, _ring.Length)); position < _written; position++)
        {
            if (_ring[position % _ring.Length] is < -Audible or > Audible)
                return false;
        }

        return true;
    }

    /// <summary>Copies from a position on.</summary>
    /// <returns>How many samples were copied.</returns>
    public int Read(long position, Span<short> buffer)
    {
        var count = (int)Math.Min(buffer.Length, To - position);
        var at = (int)((position - Skipped) % _ring.Length);
        var first = Math.Min(count, _ring.Length - at);
        _ring.AsSpan(at, first).CopyTo(buffer);
        _ring.AsSpan(0, count - first).CopyTo(buffer[first..]);
        return count;
    }
}
