using Agent.Pipeline.Recordings.Sound;

namespace Agent.Pipeline.Speech;

/// <summary>Speech that was made before: a prompt from a file, a jingle. Immutable; may be said any number of times, in any number of sessions.</summary>
public sealed record RecordedSpeech
{
    /// <summary>Takes a recording.</summary>
    /// <param name="text">The words, for captions and history; empty for a sound without words.</param>
    /// <param name="sampleRateHz">Samples per second, 8,000 to 48,000.</param>
    /// <param name="samples">The sound, mono, signed 16 bits; must not change any more.</param>
    /// <exception cref="ArgumentException">There is no sound.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The rate is out of range.</exception>
    public RecordedSpeech(string text, int sampleRateHz, ReadOnlyMemory<short> samples)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(sampleRateHz, 8_000);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sampleRateHz, 48_000);
        if (samples.IsEmpty)
            throw new ArgumentException("A recording has at least one sample.", nameof(samples));
        Text = text;
        SampleRateHz = sampleRateHz;
        Samples = samples;
    }

    /// <summary>Reads a recording from a WAVE file of 16-bit mono PCM, 8 to 48 kHz.</summary>
    /// <param name="path">The file.</param>
    /// <param name="text">The words, for captions and history; empty for a sound without words.</param>
    /// <exception cref="Errors.ConfigurationException">The file cannot be read or is of another kind; the message says how to make one.</exception>
    public static RecordedSpeech FromFile(string path, string text = "")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var (sampleRateHz, samples) = WaveReader.Read(path);
        return new RecordedSpeech(text, sampleRateHz, samples);
    }

    /// <summary>The words, for captions and history; empty for a sound without words.</summary>
    public string Text { get; }

    /// <summary>Samples per second, 8,000 to 48,000.</summary>
    public int SampleRateHz { get; }

    /// <summary>The sound, mono, signed 16 bits.</summary>
    public ReadOnlyMemory<short> Samples { get; }

    /// <summary>When each word is spoken, where that is known; captions are estimated otherwise.</summary>
    /// <value>Default none.</value>
    public IReadOnlyList<WordTiming> Words { get; init; } = [];
}
