using System.Runtime.InteropServices;

namespace Agent.Providers.Deepgram.Speaking;

/// <summary>
/// What the vendor still allows on one connection: 20 flushes and 2,400 characters in 60 s (developers.deepgram.com/docs/streaming-text-to-speech, 2025-07-03).
/// Used by whoever uses the connection.
/// </summary>
internal sealed class AuraAllowance(TimeProvider time)
{
    public const int Flushes = 20;
    public const int Characters = 2_400;

    // A little more than the vendor's minute, because its clock starts when the message arrives.
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(62);

    private readonly Queue<Entry> _spoken = new();
    private int _characters;

    /// <summary>Whether one more flush of this many characters is allowed.</summary>
    public bool Permits(int characters)
    {
        while (_spoken.TryPeek(out var oldest) && time.GetElapsedTime(oldest.At) > s_window)
            _characters -= _spoken.Dequeue().Characters;
        return _spoken.Count < Flushes && _characters + characters <= Characters;
    }

    /// <summary>Notes one flush.</summary>
    public void Note(int characters)
    {
        _spoken.Enqueue(new Entry(time.GetTimestamp(), characters));
        _characters += characters;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Entry(long At, int Characters);
}
