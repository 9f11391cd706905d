using System.Text.Json;
using Agent.Pipeline.Speech;
using Agent.Providers.AzureSpeech.Usp;
using Agent.Providers.AzureSpeech.Wire;
using Agent.Providers.Connections;

namespace Agent.Providers.AzureSpeech.Synthesis;

/// <summary>The sound of one utterance as it comes: bytes to frames, and the words that were told meanwhile, on one clock over all requests.</summary>
/// <param name="sampleRateHz">Samples per second.</param>
internal sealed class SpokenSound(int sampleRateHz)
{
    private readonly PcmReader _pcm = new(sampleRateHz);
    private readonly List<WordTiming> _words = [];
    private ReadOnlyMemory<byte> _rest;
    private TimeSpan _requestBegan;

    /// <summary>How long the sound lasts so far.</summary>
    public TimeSpan Duration => _pcm.Duration;

    /// <summary>Takes the bytes of a message, to be read by <see cref="Next"/> before the next message is received.</summary>
    public void Write(ReadOnlyMemory<byte> bytes) => _rest = bytes;

    /// <summary>Takes what is told about the sound.</summary>
    /// <exception cref="JsonException">It cannot be read.</exception>
    public void Describe(UspMessage message, SpokenWords words)
    {
        foreach (var item in JsonSerializer.Deserialize(message.Body.Span, AzureSpeechJson.Pascal.AudioMetadata)?.Metadata ?? [])
        {
            // Punctuation comes with the word before it.
            if (item is { Type: "WordBoundary", Data: { Text: { Text: { Length: > 0 } word, BoundaryType: null or "WordBoundary" } } data })
                _words.Add(words.Next(word, _requestBegan + new TimeSpan(data.Offset), _requestBegan + new TimeSpan(data.Offset + data.Duration)));
        }
    }

    /// <summary>The next request's sound follows; the service counts from its beginning.</summary>
    public void EndRequest() => _requestBegan = _pcm.Duration;

    /// <summary>The next frame, at most a second; null when everything is read.</summary>
    public SynthesizedAudio? Next()
    {
        while (!_rest.IsEmpty)
        {
            var bytes = _rest[..Math.Min(_rest.Length, 2 * sampleRateHz)];
            _rest = _rest[bytes.Length..];
            if (_pcm.Read(bytes.Span) is { } frame)
                return new SynthesizedAudio(frame, TakeWords());
        }

        return null;
    }

    /// <summary>Words that were told after the last of the sound, with one sample of silence to carry them; null when there are none.</summary>
    public SynthesizedAudio? Late() => _words.Count > 0 && _pcm.Read([0, 0]) is { } frame ? new SynthesizedAudio(frame, TakeWords()) : null;

    private WordTiming[] TakeWords()
    {
        if (_words.Count == 0)
            return [];
        WordTiming[] words = [.. _words];
        _words.Clear();
        return words;
    }
}
