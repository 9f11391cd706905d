using System.Runtime.CompilerServices;
using Agent.Pipeline.Audio;
using Agent.Pipeline.Concurrency;
using Agent.Pipeline.Errors;
using Agent.Pipeline.Speech;

namespace Agent.Providers.Fallback;

/// <summary>One of a list of synthesizers that speaks an utterance, or what those before it have left of it.</summary>
internal sealed class SpeakingCandidate(FallbackSynthesis utterance, FallbackCandidate<ITextToSpeech> candidate, ISynthesis synthesis, AsyncSignal written)
{
    private const int Block = 4_800;

    private readonly SaidSpeech _said = utterance.Said;
    private readonly AsyncSignal _fed = new();
    private ProviderException? _error;
    private bool _hasText;
    private bool _hasSound;

    internal string Name => candidate.Health.Provider;

    internal FallbackCandidate<ITextToSpeech> Candidate => candidate;

    internal ISynthesis Synthesis => synthesis;

    /// <summary>Speaks.</summary>
    /// <param name="rest">What of the pieces before <paramref name="next"/> is still to be said.</param>
    /// <param name="next">The first piece that is to be said whole.</param>
    /// <param name="knowsPieces">Whether the ends of pieces that it tells are those of the utterance.</param>
    /// <param name="limit">How long the first sound may take, from the first text.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ProviderException">It failed.</exception>
    internal async IAsyncEnumerable<SynthesizedAudio> SpeakAsync(
        string rest, int next, bool knowsPieces, TimeSpan limit, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var feeding = FeedAsync(rest, next, stop);
        var watching = WatchAsync(limit, time, stop);
        var resampler = new Resampler(candidate.Provider.Capabilities.SampleRateHz, _said.SampleRateHz);
        var resampled = new short[resampler.MaxOutput(Block)];
        var before = _said.Duration;
        var sound = synthesis.ReadAsync(stop.Token).GetAsyncEnumerator(stop.Token);
        try
        {
            while (await NextAsync(sound, cancellationToken))
            {
                using var frame = sound.Current.Frame;
                if (frame.SampleRateHz != resampler.FromHz)
                    throw new ProviderException(Name, ProviderErrorKind.Protocol, $"{Name} announced {resampler.FromHz} Hz and made {frame.SampleRateHz} Hz.");
                _said.Expect(sound.Current.Words.Select(word => word with { Start = word.Start + before, End = word.End + before }));
                for (var samples = frame.Samples; !samples.IsEmpty; samples = samples[Math.Min(Block, samples.Length)..])
                {
                    var isLast = samples.Length <= Block;
                    var count = resampler.Process(samples.Span[..Math.Min(Block, samples.Length)], resampled);
                    if (count > 0)
                        yield return Deliver(resampled.AsSpan(0, count), knowsPieces && sound.Current.EndsPiece && isLast);
                }
            }

            var last = resampler.Finish(resampled);
            if (last > 0)
                yield return Deliver(resampled.AsSpan(0, last), endsPiece: false);
        }
        finally
        {
            stop.Cancel();
            await sound.DisposeAsync();
            await feeding;
            await watching;
        }
    }

    private SynthesizedAudio Deliver(ReadOnlySpan<short> samples, bool endsPiece)
    {
        var frame = AudioFrame.Rent(_said.SampleRateHz, samples.Length, _said.Length);
        samples.CopyTo(frame.Writable);
        var words = _said.Deliver(samples);
        if (endsPiece)
            _said.EndPiece();
        return new SynthesizedAudio(frame, words) { EndsPiece = endsPiece };
    }

    private async ValueTask<bool> NextAsync(IAsyncEnumerator<SynthesizedAudio> sound, CancellationToken cancellationToken)
    {
        try
        {
            var hasNext = await sound.MoveNextAsync();
            if (hasNext && !_hasSound)
            {
                Volatile.Write(ref _hasSound, true);
                _fed.Set();
                candidate.Health.Succeeded();
            }

            if (!hasNext && Volatile.Read(ref _error) is { } error)
                throw error;
            return hasNext;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && Volatile.Read(ref _error) is not null)
        {
            throw _error!;
        }
    }

    private async Task FeedAsync(string rest, int next, CancellationTokenSource stop)
    {
        try
        {
            if (rest.Length > 0)
                await FeedAsync(rest, stop.Token);
            while (true)
            {
                // Completion is looked at first: what was written before it is then seen too.
                var isCompleted = utterance.IsCompleted;
                for (; next < _said.Count; next++)
                    await FeedAsync(_said.Piece(next), stop.Token);
                if (isCompleted)
                    break;
                await written.WaitAsync(stop.Token);
            }

            synthesis.Complete();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The reading has ended first.
        }
        catch (Exception e)
        {
            Stop(FallbackErrors.Of(Name, e), stop);
        }
    }

    private async Task FeedAsync(string text, CancellationToken cancellationToken)
    {
        if (!_hasText)
        {
            Volatile.Write(ref _hasText, true);
            _fed.Set();
        }

        await synthesis.WriteAsync(text, cancellationToken);
    }

    /// <summary>Gives it up when the first text does not become sound in time.</summary>
    private async Task WatchAsync(TimeSpan limit, TimeProvider time, CancellationTokenSource stop)
    {
        try
        {
            while (!Volatile.Read(ref _hasText))
                await _fed.WaitAsync(stop.Token);
            using var timeout = new CancellationTokenSource(limit, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stop.Token);
            try
            {
                while (!Volatile.Read(ref _hasSound))
                    await _fed.WaitAsync(either.Token);
            }
            catch (OperationCanceledException) when (timeout.IsCancellationRequested && !stop.IsCancellationRequested)
            {
                Stop(FallbackErrors.Late(Name, limit), stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The reading has ended first.
        }
    }

    private void Stop(ProviderException error, CancellationTokenSource stop)
    {
        Interlocked.CompareExchange(ref _error, error, null);
        stop.Cancel();
    }
}
