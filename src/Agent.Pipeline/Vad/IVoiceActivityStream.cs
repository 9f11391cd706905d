namespace Agent.Pipeline.Vad;

/// <summary>One participant's audio on its way through a voice-activity model. Not safe for concurrent use.</summary>
public interface IVoiceActivityStream : IDisposable
{
    /// <summary>How likely the next window holds speech, 0 to 1. Allocates nothing.</summary>
    /// <param name="window">512 samples of 16 kHz mono: 32 ms, following the last window without a gap.</param>
    /// <exception cref="ArgumentException">The window has another length.</exception>
    float Process(ReadOnlySpan<short> window);

    /// <summary>Forgets what was heard before, as after a gap in the audio.</summary>
    void Reset();
}
