using Agent.Pipeline.Speech;

namespace Agent.LoopbackVendors.Engines;

/// <summary>Speaks with a tone: 60 ms for each character, silence for white space, so that loudness shows where the words are.</summary>
public sealed class ToneSynthesizer : ISynthesizerEngine
{
    private static readonly TimeSpan s_character = TimeSpan.FromMilliseconds(60);

    /// <inheritdoc/>
    public Task<EngineSpeech> SpeakAsync(string text, int sampleRateHz, CancellationToken cancellationToken)
    {
        var perCharacter = (int)(s_character.TotalSeconds * sampleRateHz);
        var samples = new short[text.Length * perCharacter];
        var words = new List<WordTiming>();
        for (var i = 0; i < text.Length;)
        {
            if (char.IsWhiteSpace(text[i]))
            {
                i++;
                continue;
            }

            var end = i;
            while (end < text.Length && !char.IsWhiteSpace(text[end]))
                end++;
            for (var n = i * perCharacter; n < end * perCharacter; n++)
                samples[n] = (short)(6_000 * Math.Sin(2 * Math.PI * 440 * n / sampleRateHz));
            words.Add(new WordTiming(text[i..end], s_character * i, s_character * end));
            i = end;
        }

        return Task.FromResult(new EngineSpeech(samples, words));
    }
}
