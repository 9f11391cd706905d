using System.Threading.Channels;
using Agent.Pipeline.Audio;
using Agent.Pipeline.Concurrency;
using Agent.Pipeline.Ledger;
using Agent.Pipeline.Playout;
using Agent.Pipeline.Sessions;
using Agent.Pipeline.Speech;

namespace Agent.Pipeline.Replies;

/// <summary>Has one utterance spoken, part by part: text goes to the synthesizer as it comes, sound goes to playout as it is made.</summary>
internal sealed class SpeechSynthesis
{
    private const int Block = 4_800;

    private readonly ITextToSpeech _provider;
    private readonly Utterance _utterance;
    private readonly TurnMeasurement _measurement;
    private readonly SessionClock _clock;
    private readonly IReplyListener _listener;
    private readonly Task _permitted;
    private readonly Lock _gate = new();
    private ISynthesis? _current;
    private SpeechUsage _usage;

    /// <param name="provider">Who speaks.</param>
    /// <param name="utterance">Receives the sound.</param>
    /// <param name="measurement">Receives the times.</param>
    /// <param name="clock">The session's clock.</param>
    /// <param name="listener">Learns how it goes.</param>
    /// <param name="permitted">Completes when words may be given to the synthesizer; it is had ready before. Cancelled with the utterance.</param>
    internal SpeechSynthesis(ITextToSpeech provider, Utterance utterance, TurnMeasurement measurement, SessionClock clock, IReplyListener listener, Task permitted)
    {
        _provider = provider;
        _utterance = utterance;
        _measurement = measurement;
        _clock = clock;
        _listener = listener;
        _permitted = permitted;
    }

    /// <summary>What the utterance has cost so far.</summary>
    internal SpeechUsage Usage
    {
        get
        {
            lock (_gate)
                return _usage + (_current?.Usage ?? SpeechUsage.None);
        }
    }

    internal async Task RunAsync(SpeechScript script, CancellationToken cancellationToken)
    {
        await foreach (var part in script.Parts.ReadInContextAsync(cancellationToken))
        {
            if (!await SpeakAsync(part, cancellationToken))
                continue;
            script.MarkSpoken();
            _listener.OnPartSpoken();
        }
    }

    /// <summary>Nothing more comes, for whatever reason; once, and after a failure was told.</summary>
    internal void Complete()
    {
        _utterance.Audio.Complete();
        _utterance.Audio.Release();
    }

    private async Task<bool> SpeakAsync(ChannelReader<string> pieces, CancellationToken cancellationToken)
    {
        await using var synthesis = await _provider.BeginAsync(cancellationToken);
        await _permitted;
        if (!await pieces.WaitToReadAsync(cancellationToken))
            return false;
        lock (_gate)
            _current = synthesis;
        try
        {
            await SpeakAsync(pieces, synthesis, cancellationToken);
        }
        finally
        {
            lock (_gate)
            {
                _usage += synthesis.Usage;
                _current = null;
            }

            for (var i = 0; i < synthesis.PassedOver.Count && synthesis.ServedBy is not null; i++)
                _listener.OnReplaced(SessionStage.TextToSpeech, synthesis.PassedOver[i], synthesis.ServedBy);
        }

        // Only now is the sound that of the whole text; after a failure it must not be taken for that.
        _utterance.Words.Settle(_utterance.Audio.Length);
        return true;
    }

    private async Task SpeakAsync(ChannelReader<string> pieces, ISynthesis synthesis, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var writing = WriteAsync(pieces, synthesis, stop.Token);
        var reading = ReadAsync(synthesis, stop.Token);

        // When one side fails the other would wait for ever; when writing is done reading goes on to the end.
        var first = await Task.WhenAny(writing, reading);
        if (first == reading || !writing.IsCompletedSuccessfully)
            stop.Cancel();
        await AwaitBothAsync(writing, reading);
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
            await synthesis.WriteAsync(piece.Trim(), cancellationToken);
        }

        synthesis.Complete();
    }

    private async Task ReadAsync(ISynthesis synthesis, CancellationToken cancellationToken)
    {
        var resampler = new Resampler(_provider.Capabilities.SampleRateHz, _utterance.SampleRateHz);
        var resampled = new short[resampler.MaxOutput(Block)];
        var before = TimeSpan.FromSeconds((double)_utterance.Audio.Length / _utterance.SampleRateHz);
        var begun = false;
        await foreach (var audio in synthesis.ReadAsync(cancellationToken))
        {
            using var frame = audio.Frame;
            _measurement.MarkFirstAudioByte(_clock.Now);
            if (frame.SampleRateHz != resampler.FromHz)
                throw new InvalidOperationException($"{_provider.Name} announced {resampler.FromHz} Hz and made {frame.SampleRateHz} Hz.");
            _utterance.Words.Add(After(before, audio.Words));
            for (var rest = frame.Samples; !rest.IsEmpty; rest = rest[Math.Min(Block, rest.Length)..])
            {
                var count = resampler.Process(rest.Span[..Math.Min(Block, rest.Length)], resampled);
                _utterance.Words.Update(resampled.AsSpan(0, count));
                await _utterance.Audio.WriteAsync(resampled.AsMemory(0, count), cancellationToken);
            }

            if (!begun)
                _listener.OnSound();
            begun = true;
            if (audio.EndsPiece)
                _utterance.Words.EndPiece();
        }

        await _utterance.Audio.WriteAsync(resampled.AsMemory(0, resampler.Finish(resampled)), cancellationToken);
    }

    private static IReadOnlyList<WordTiming> After(TimeSpan before, IReadOnlyList<WordTiming> words) =>
        before == TimeSpan.Zero || words.Count == 0 ? words : [.. words.Select(w => w with { Start = w.Start + before, End = w.End + before })];
}
