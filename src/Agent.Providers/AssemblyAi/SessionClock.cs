using System.Runtime.InteropServices;

namespace Agent.Providers.AssemblyAi;

/// <summary>
/// Maps times of one session, which count what was sent to it, to times of the stream, which count what was pushed: sessions begin late, samples may have been
/// dropped, and a last piece may have been filled up with silence. Written by the sender, read by the receiver.
/// </summary>
internal sealed class SessionClock
{
    private const int MaxAnchors = 64;

    private Anchor[] _anchors = [];
    private long _sent;
    private long _next = -1;

    /// <summary>Notes that samples of the stream were sent.</summary>
    /// <param name="position">Where in the stream they begin.</param>
    /// <param name="samples">How many there are.</param>
    /// <param name="padding">How many samples of silence were sent after them.</param>
    internal void Sent(long position, int samples, int padding)
    {
        if (position != _next)
        {
            var old = _anchors.AsSpan();
            if (old.Length == MaxAnchors)
                old = old[1..];
            Volatile.Write(ref _anchors, [.. old, new Anchor(_sent, position)]);
        }

        _sent += samples + padding;
        _next = padding == 0 ? position + samples : -1;
    }

    /// <summary>The time in the stream of a time in the session.</summary>
    internal TimeSpan At(long milliseconds)
    {
        var sent = milliseconds * AssemblyAiSpeechToText.SampleRateHz / 1000;
        var anchors = Volatile.Read(ref _anchors);
        for (var i = anchors.Length - 1; i >= 0; i--)
        {
            if (anchors[i].Sent > sent && i > 0)
                continue;
            var position = anchors[i].Position + sent - anchors[i].Sent;
            if (i + 1 < anchors.Length)
                position = Math.Min(position, anchors[i + 1].Position);
            return TimeSpan.FromTicks(Math.Max(0, position) * TimeSpan.TicksPerSecond / AssemblyAiSpeechToText.SampleRateHz);
        }

        return TimeSpan.Zero;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Anchor(long Sent, long Position);
}
