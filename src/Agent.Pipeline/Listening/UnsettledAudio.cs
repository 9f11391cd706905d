using System.Buffers;

namespace Agent.Pipeline.Listening;

/// <summary>
/// The samples that a recogniser has not answered for yet, so that another connection can be given them again: in pooled pieces of half a second, by the
/// number of samples since listening began. Not safe for concurrent use; allocates nothing once it has grown.
/// </summary>
internal sealed class UnsettledAudio
{
    private const int PieceSamples = 8_000;

    private readonly Queue<short[]> _free = new();
    private short[]?[] _pieces = new short[8][];

    /// <summary>The first sample that is kept.</summary>
    internal long Start { get; private set; }

    /// <summary>The sample after the last.</summary>
    internal long End { get; private set; }

    /// <summary>Adds samples.</summary>
    internal void Add(ReadOnlySpan<short> samples)
    {
        while (!samples.IsEmpty)
        {
            var offset = (int)(End % PieceSamples);
            if (offset == 0 || Piece(End) is null)
                Piece(End) = _free.TryDequeue(out var free) ? free : ArrayPool<short>.Shared.Rent(PieceSamples);
            var take = Math.Min(samples.Length, PieceSamples - offset);
            samples[..take].CopyTo(Piece(End).AsSpan(offset));
            End += take;
            samples = samples[take..];
            if (End / PieceSamples - Start / PieceSamples >= _pieces.Length)
                Grow();
        }
    }

    /// <summary>The samples from a place on, as far as they lie together.</summary>
    internal ReadOnlySpan<short> From(long sample, int most)
    {
        var offset = (int)(sample % PieceSamples);
        return Piece(sample).AsSpan(offset, (int)Math.Min(most, Math.Min(PieceSamples - offset, End - sample)));
    }

    /// <summary>Forgets what lies before a sample.</summary>
    internal void Forget(long before)
    {
        before = Math.Min(before, End);
        if (before <= Start)
            return;
        for (; Start / PieceSamples < before / PieceSamples; Start = (Start / PieceSamples + 1) * PieceSamples)
        {
            // One is kept to be filled next; a long answer's worth of them is not.
            if (_free.Count == 0)
                _free.Enqueue(Piece(Start)!);
            else
                ArrayPool<short>.Shared.Return(Piece(Start)!);
            Piece(Start) = null;
        }

        Start = before;
    }

    /// <summary>Gives everything back.</summary>
    internal void Clear()
    {
        Forget(End);
        foreach (ref var piece in _pieces.AsSpan())
        {
            if (piece is not null)
                ArrayPool<short>.Shared.Return(piece);
            piece = null;
        }

        while (_free.TryDequeue(out var free))
            ArrayPool<short>.Shared.Return(free);
    }

    private ref short[]? Piece(long sample) => ref _pieces[sample / PieceSamples % _pieces.Length];

    private void Grow()
    {
        var grown = new short[_pieces.Length * 2][];
        for (var piece = Start / PieceSamples; piece * PieceSamples < End; piece++)
            grown[piece % grown.Length] = _pieces[piece % _pieces.Length]!;
        _pieces = grown;
    }
}
