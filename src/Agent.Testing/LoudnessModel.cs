using Agent.Pipeline.Vad;

namespace Agent.Testing;

/// <summary>Takes every sound for speech, so that scripted speech goes through the real detector.</summary>
public sealed class LoudnessModel : IVoiceActivityModel
{
    /// <inheritdoc/>
    public IVoiceActivityStream Open() => new Stream();

    private sealed class Stream : IVoiceActivityStream
    {
        public float Process(ReadOnlySpan<short> window)
        {
            var loud = 0;
            foreach (var sample in window)
                loud += sample == 0 ? 0 : 1;
            return loud * 2 >= window.Length ? 0.95f : 0.02f;
        }

        public void Reset()
        {
        }

        public void Dispose()
        {
        }
    }
}
