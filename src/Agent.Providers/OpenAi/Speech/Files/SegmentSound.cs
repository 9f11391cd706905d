namespace Agent.Providers.OpenAi.Speech.Files;

/// <summary>
/// The samples of one segment: written once, and sent from where they are. Not from a pool, because a request that was cancelled may go on reading them
/// for a moment.
/// </summary>
internal sealed class SegmentSound
{
    private const int PieceSamples = FileTranscription.SampleRateHz;

    private readonly List<short[]> _pieces = [];

    /// <summary>How many samples there are.</summary>
    public int Samples { get; private set; }

    /// <summary>Adds samples.</summary>
    public void Add(ReadOnlySpan<short> samples)
    {
        while (!samples.IsEmpty)
        {
            var at = Samples % PieceSamples;
            if (at == 0)
                _pieces.Add(new short[PieceSamples]);
            var count = Math.Min(samples.Length, PieceSamples - at);
            samples[..count].CopyTo(_pieces[^1].AsSpan(at));
            samples = samples[count..];
            Samples += count;
        }
    }

    /// <summary>The samples, piece by piece.</summary>
    public IEnumerable<ReadOnlyMemory<short>> Read()
    {
        for (var i = 0; i < _pieces.Count; i++)
            yield return _pieces[i].AsMemory(0, Math.Min(PieceSamples, Samples - (i * PieceSamples)));
    }
}
