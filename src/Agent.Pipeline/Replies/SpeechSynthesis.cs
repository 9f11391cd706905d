using System.Threading.Channels;
using Agent.Pipeline.Audio;
using Agent.Pipeline.Concurrency;
using Agent.Pipeline.Ledger;
using Agent.Pipeline.Playout;
using Agent.Pipeline.Sessions;
using Agent.Pipeline.Speech;

namespace Agent.Pipeline.Replies;

/// <summary>Has the pieces of one utterance spoken: text goes to the synthesizer as it comes, sound goes to playout as it is made.</summary>
internal sealed class SpeechSynthesis
{
    private const int Block = 4_800;

    private readonly ITextToSpeech _provider;
    private readonly Utterance _utterance;
    private readonly TurnMeasurement _measurement;
    private readonly SessionClock _clock;
    private readonly Resampler _resampler;

    internal SpeechSynthesis(ITextToSpeech provider, Utterance utterance, TurnMeasurement measurement, SessionClock clock)
    {
        _provider = provider;
        _utterance = utterance;
        _measurement = measurement;
        _clock = clock;
        _resampler = new Resampler(provider.Capabilities.SampleRateHz, utterance.SampleRateHz);
    }

    internal async Task RunAsync(ChannelReader<string> pieces, CancellationToken cancellationToken)
    {
        await using var synthesis = await _provider.BeginAsync(cancellationToken);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var writing = WriteAsync(pieces, synthesis, stop.Token);
        var reading = ReadAsync(synthesis, stop.Token);

        // When one side fails the other would wait for ever; when writing is done reading goes on to the end.
        var first = await Task.WhenAny(writing, reading);
        if (first == reading || !writing.IsCompletedSuccessfully)
            stop.Cancel();
        await AwaitBothAsync(writing, reading);

        // Only now is the sound that of the whole text; after a failure it must not be taken for that.
        _utterance.Words.Update(_utterance.Audio.Length, complete: true);
    }

    /// <summary>Nothing more comes, for whatever reason; once, and after a failure was told.</summary>
    internal void Complete()
    {
        _utterance.Audio.Complete();
        _utterance.Audio.Release();
    }

    private static async Task AwaitBothAsync(Task writing, Task reading)
    {
        try
        {
            await Task.WhenAll(writing, reading);
        }
        catch (OperationCanceledException) when (reading.IsCompletedSuccessfully)
        {
            // The synthesizer ended the utterance before it was given all the text; what it made is played.
        }
    }

    private async Task WriteAsync(ChannelReader<string> pieces, ISynthesis synthesis, CancellationToken cancellationToken)
    {
        await foreach (var piece in pieces.ReadInContextAsync(cancellationToken))
        {
            _measurement.MarkFirstClause(_clock.Now);
            _utterance.Words.Add(piece);
            await synthesis.WriteAsync(piece, cancellationToken);
        }

        synthesis.Complete();
    }

    private async Task ReadAsync(ISynthesis synthesis, CancellationToken cancellationToken)
    {
        var resampled = new short[_resampler.MaxOutput(Block)];
        await foreach (var audio in synthesis.ReadAsync(cancellationToken))
        {
            using var frame = audio.Frame;
            _measurement.MarkFirstAudioByte(_clock.Now);
            if (frame.SampleRateHz != _resampler.FromHz)
                throw new InvalidOperationException($"{_provider.Name} announced {_resampler.FromHz} Hz and made {frame.SampleRateHz} Hz.");
            _utterance.Words.Add(audio.Words);
            for (var rest = frame.Samples; !rest.IsEmpty; rest = rest[Math.Min(Block, rest.Length)..])
            {
                var count = _resampler.Process(rest.Span[..Math.Min(Block, rest.Length)], resampled);
                _utterance.Words.Update(_utterance.Audio.Length + count, complete: false);
                await _utterance.Audio.WriteAsync(resampled.AsMemory(0, count), cancellationToken);
            }
        }

        await _utterance.Audio.WriteAsync(resampled.AsMemory(0, _resampler.Finish(resampled)), cancellationToken);
    }
}
