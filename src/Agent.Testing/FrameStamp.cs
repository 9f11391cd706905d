namespace Agent.Testing;

/// <summary>
/// Says in a frame of scripted sound when it was spoken, so that a scripted recogniser understands it whenever it is given it. In the first samples of each frame of
/// 10 ms at 16 kHz, much quieter than anything that counts as sound.
/// </summary>
internal static class FrameStamp
{
    internal const int FrameSamples = 160;

    private const short Mark = -20;
    private const int Digits = 10;
    private const int Bits = 4;

    internal static void Write(Span<short> frame, TimeSpan at)
    {
        frame[0] = Mark;
        for (var (i, rest) = (1, at.Ticks / TimeSpan.TicksPerMicrosecond); i <= Digits; i++, rest >>= Bits)
            frame[i] = (short)(rest & ((1 << Bits) - 1));
    }

    /// <summary>When the frame was spoken; null where nothing says so.</summary>
    internal static TimeSpan? Read(ReadOnlySpan<short> frame)
    {
        if (frame.Length <= Digits || frame[0] != Mark)
            return null;
        long value = 0;
        for (var i = Digits; i > 0; i--)
            value = (value << Bits) | (ushort)frame[i];
        return TimeSpan.FromTicks(value * TimeSpan.TicksPerMicrosecond);
    }
}
