using System.Text;
using Agent.Pipeline.Errors;
using Agent.Pipeline.Speech;

namespace Agent.Playground.Check;

/// <summary>The caller's voice, and the ears that read the agent's sound back into words.</summary>
internal sealed class CheckVoices(ITextToSpeech voice, ISpeechToText ears)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    /// <returns>16 kHz mono, from the first to the last audible sample.</returns>
    internal async Task<short[]> SpeakAsync(string text, CancellationToken cancellationToken)
    {
        if (voice.Capabilities.SampleRateHz != AudioTrace.SampleRateHz)
        {
            throw new ConfigurationException(
                $"The caller's voice {voice.Name} makes {voice.Capabilities.SampleRateHz:#,0} Hz; the check needs {AudioTrace.SampleRateHz:#,0} Hz, for example local/flite:rms.");
        }

        List<short> samples = [];
        await using var synthesis = await voice.BeginAsync(cancellationToken);
        await synthesis.WriteAsync(text, cancellationToken);
        synthesis.Complete();
        await foreach (var piece in synthesis.ReadAsync(cancellationToken))
        {
            using (piece.Frame)
                samples.AddRange(piece.Frame.Samples.Span);
        }

        var trace = new AudioTrace(() => TimeSpan.Zero);
        trace.Append(0, samples.ToArray());
        return trace.FirstAudible(0) is { } first && trace.LastAudible(0) is { } last
            ? trace.Slice(first, last)
            : throw new CheckFailedException($"The caller's voice {voice.Name} made no sound.");
    }

    /// <summary>Reads sound into words.</summary>
    internal async Task<string> RecogniseAsync(ReadOnlyMemory<short> samples, TimeProvider time, CancellationToken cancellationToken)
    {
        var words = new StringBuilder();
        await using var stream = await ears.OpenAsync(cancellationToken);
        // Half a second of silence on both sides, as a recogniser expects around speech.
        stream.Push(new short[AudioTrace.SampleRateHz / 2]);
        stream.Push(samples.Span);
        stream.Push(new short[AudioTrace.SampleRateHz / 2]);
        stream.Flush();
        using var limit = new CancellationTokenSource(s_patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        await foreach (var transcript in stream.ReadAsync(both.Token))
        {
            if (transcript.Kind == TranscriptKind.Final)
                words.Append(words.Length > 0 ? " " : "").Append(transcript.Text);
            else if (transcript.Kind == TranscriptKind.Flushed)
                break;
        }

        return words.ToString();
    }
}
