using System.Buffers;

namespace Agent.Providers.OpenAi.Speech.Files;

/// <summary>The samples of one segment, in pieces from a pool: they are written once, and sent from where they are.</summary>
internal sealed class SegmentSound : IDisposable
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
                _pieces.Add(ArrayPool<short>.Shared.Rent(PieceSamples));
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

    public void Dispose()
    {
        foreach (var piece in _pieces)
            ArrayPool<short>.Shared.Return(piece);
        _pieces.Clear();
        Samples = 0;
    }
}
