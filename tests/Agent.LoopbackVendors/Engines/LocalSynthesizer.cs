using Agent.Pipeline.Audio;
using Agent.Pipeline.Speech;

namespace Agent.LoopbackVendors.Engines;

/// <summary>Speaks with a synthesizer that runs on this machine.</summary>
/// <param name="synthesizer">The synthesizer.</param>
internal sealed class LocalSynthesizer(ITextToSpeech synthesizer) : ISynthesizerEngine
{
    public async Task<EngineSpeech> SpeakAsync(string text, int sampleRateHz, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(text))
            return new EngineSpeech([], []);
        var resampler = new Resampler(synthesizer.Capabilities.SampleRateHz, sampleRateHz);
        var samples = new List<short>();
        var words = new List<WordTiming>();
        await using var synthesis = await synthesizer.BeginAsync(cancellationToken);
        await synthesis.WriteAsync(text.Trim(), cancellationToken);
        synthesis.Complete();
        await foreach (var piece in synthesis.ReadAsync(cancellationToken))
        {
            using var frame = piece.Frame;
            words.AddRange(piece.Words);
            for (var rest = frame.Samples; !rest.IsEmpty; rest = rest[Math.Min(512, rest.Length)..])
            {
                var output = new short[resampler.MaxOutput(512)];
                samples.AddRange(output.AsSpan(0, resampler.Process(rest.Span[..Math.Min(512, rest.Length)], output)));
            }
        }

        return new EngineSpeech([.. samples], words);
    }
}
