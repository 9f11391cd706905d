using System.Runtime.InteropServices;

namespace Agent.Pipeline.Listening;

/// <summary>
/// Maps samples that are counted as they are pushed to positions in the participant's audio, which skip gaps. Written by the audio loop, read by the loop of
/// results.
/// </summary>
internal sealed class RecogniserClock
{
    private const int MaxAnchors = 64;

    private Anchor[] _anchors = [];

    /// <summary>Notes that the next sample pushed is not the successor of the last.</summary>
    /// <param name="pushed">Samples at 16 kHz pushed so far.</param>
    /// <param name="position">The position of the next.</param>
    internal void Jump(long pushed, long position)
    {
        var old = _anchors.AsSpan();
        if (old.Length == MaxAnchors)
            old = old[1..];
        Volatile.Write(ref _anchors, [.. old, new Anchor(pushed, position)]);
    }

    /// <summary>The position in the participant's audio of a sample.</summary>
    internal long Position(long pushed)
    {
        var anchors = Volatile.Read(ref _anchors);
        for (var i = anchors.Length - 1; i >= 0; i--)
        {
            if (anchors[i].Pushed <= pushed || i == 0)
                return anchors[i].Position + (pushed - anchors[i].Pushed);
        }

        return pushed;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Anchor(long Pushed, long Position);
}
