using Agent.Pipeline.Audio;
using Agent.Pipeline.Speech;
using Agent.Providers.Synthesizers;

namespace Agent.Providers.Local.Flite;

/// <summary>
/// Takes the sound of one clause after the other, cuts the silence around each to what its place asks for, and passes it on with
/// positions and word times that count from the beginning of the utterance.
/// </summary>
internal sealed class FliteClause(UnreadSound sound, CancellationToken cancellationToken) : IFliteListener
{
    private const int SamplesPerMillisecond = FliteVoice.SampleRateHz / 1000;

    /// <summary>What is kept before the first word, so that its attack is whole: 30 ms.</summary>
    private const int LeadSamples = 30 * SamplesPerMillisecond;

    /// <summary>flite puts about 200 ms of silence after each clause; between the clauses of one sentence this much is kept.</summary>
    private const int PauseAfterClauseSamples = 120 * SamplesPerMillisecond;

    private const int PauseAfterSentenceSamples = 250 * SamplesPerMillisecond;

    private IReadOnlyList<WordTiming> _words = [];
    private long _position;
    private long _clausePosition;
    private long _from;
    private long _to;
    private int _pauseSamples;

    /// <summary>Prepares for the sound of the next clause.</summary>
    public void Begin(string text)
    {
        _words = [];
        _clausePosition = 0;
        _from = 0;
        _to = long.MaxValue;
        _pauseSamples = FliteText.EndsSentence(text) ? PauseAfterSentenceSamples : PauseAfterClauseSamples;
    }

    public void OnWords(IReadOnlyList<WordTiming> words)
    {
        if (words.Count == 0)
            return;
        _from = Math.Max(0, Samples(words[0].Start) - LeadSamples);
        _to = Samples(words[^1].End) + _pauseSamples;
        var shift = Time(_position - _from);
        _words = [.. words.Select(w => new WordTiming(w.Text, w.Start + shift, w.End + shift))];
    }

    public bool OnSound(ReadOnlySpan<short> samples)
    {
        if (cancellationToken.IsCancellationRequested)
            return false;
        var begin = (int)Math.Clamp(_from - _clausePosition, 0, samples.Length);
        var end = (int)Math.Clamp(_to - _clausePosition, 0, samples.Length);
        _clausePosition += samples.Length;
        if (begin < end)
            Write(samples[begin..end]);
        return true;
    }

    /// <summary>Adds what is missing of the pause, where flite made a shorter one.</summary>
    public void End()
    {
        var missing = (int)Math.Min(_to - _clausePosition, _pauseSamples);
        if (_to == long.MaxValue || missing <= 0 || cancellationToken.IsCancellationRequested)
            return;
        var frame = AudioFrame.Rent(FliteVoice.SampleRateHz, missing, _position);
        frame.Writable.Clear();
        Write(frame);
    }

    private static long Samples(TimeSpan time) => (long)(time.TotalSeconds * FliteVoice.SampleRateHz);

    private static TimeSpan Time(long samples) => TimeSpan.FromSeconds((double)samples / FliteVoice.SampleRateHz);

    private void Write(ReadOnlySpan<short> samples)
    {
        var frame = AudioFrame.Rent(FliteVoice.SampleRateHz, samples.Length, _position);
        samples.CopyTo(frame.Writable);
        Write(frame);
    }

    private void Write(AudioFrame frame)
    {
        var words = _words;
        _words = [];
        _position += frame.Samples.Length;
        sound.Write(new SynthesizedAudio(frame, words));
    }
}
