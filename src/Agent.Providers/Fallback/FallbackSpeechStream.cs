using System.Runtime.CompilerServices;
using Agent.Pipeline.Audio;
using Agent.Pipeline.Errors;
using Agent.Pipeline.Speech;

namespace Agent.Providers.Fallback;

/// <summary>One stream of a list of recognisers, served by one of them to its end.</summary>
internal sealed class FallbackSpeechStream : ISpeechToTextStream
{
    private const int Block = 512;

    private readonly ISpeechToTextStream _stream;
    private readonly FallbackCandidate<ISpeechToText> _candidate;
    private readonly IReadOnlyList<ProviderHealth> _preferred;
    private readonly Resampler? _resampler;
    private readonly short[] _resampled = [];
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _return = new();
    private int _owed;
    private bool _isHeard;
    private bool _isGivenUp;

    /// <param name="stream">The stream of the one that serves.</param>
    /// <param name="candidate">Who serves.</param>
    /// <param name="sampleRateHz">The rate of what is pushed.</param>
    /// <param name="preferred">Those before it in the list: when one of them is well again, the stream ends at the next quiet moment.</param>
    /// <param name="passedOver">What had failed before.</param>
    internal FallbackSpeechStream(
        ISpeechToTextStream stream,
        FallbackCandidate<ISpeechToText> candidate,
        int sampleRateHz,
        IReadOnlyList<ProviderHealth> preferred,
        IReadOnlyList<ProviderException> passedOver)
    {
        _stream = stream;
        _candidate = candidate;
        _preferred = preferred;
        PassedOver = passedOver;
        var wanted = candidate.Provider.Capabilities.SampleRateHz;
        if (wanted != sampleRateHz)
        {
            _resampler = new Resampler(sampleRateHz, wanted);
            _resampled = new short[_resampler.MaxOutput(Block)];
        }

        foreach (var health in preferred)
            health.Recovered += OnRecovered;
    }

    public string ServedBy => _candidate.Health.Provider;

    public IReadOnlyList<ProviderException> PassedOver { get; }

    public SpeechUsage Usage => _stream.Usage;

    public void Push(ReadOnlySpan<short> samples)
    {
        if (_resampler is null)
        {
            _stream.Push(samples);
            return;
        }

        for (; !samples.IsEmpty; samples = samples[Math.Min(Block, samples.Length)..])
        {
            var count = _resampler.Process(samples[..Math.Min(Block, samples.Length)], _resampled);
            _stream.Push(_resampled.AsSpan(0, count));
        }
    }

    public void Flush()
    {
        lock (_gate)
            _owed++;
        _stream.Flush();
    }

    public void SpeechBegins()
    {
        lock (_gate)
            _isHeard = true;
        _stream.SpeechBegins();
    }

    public void GiveUp(ProviderException error)
    {
        _isGivenUp = true;
        _candidate.Health.Failed(error);
        _stream.GiveUp(error);
    }

    public async IAsyncEnumerable<Transcript> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_return.Token, cancellationToken);
        await using var results = _stream.ReadAsync(either.Token).GetAsyncEnumerator(either.Token);
        while (await NextAsync(results, cancellationToken))
        {
            var transcript = results.Current;
            Note(transcript);
            yield return transcript;
            ReturnIfQuiet();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var health in _preferred)
            health.Recovered -= OnRecovered;
        await _stream.DisposeAsync();
    }

    private async ValueTask<bool> NextAsync(IAsyncEnumerator<Transcript> results, CancellationToken cancellationToken)
    {
        try
        {
            return await results.MoveNextAsync();
        }
        catch (OperationCanceledException) when (_return.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // Not lost: somebody better is well again, and the next stream is theirs.
            return false;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && !_isGivenUp)
        {
            var error = FallbackErrors.Of(_candidate.Health.Provider, e);
            _candidate.Health.Failed(error);
            throw error;
        }
    }

    private void Note(Transcript transcript)
    {
        var isAnswer = transcript.Kind == TranscriptKind.Flushed;
        lock (_gate)
        {
            if (isAnswer && _owed > 0)
                _owed--;
            _isHeard = !isAnswer && (_isHeard || transcript is { Kind: TranscriptKind.Interim, Text.Length: > 0 });
        }

        // Opening proves little: some vendors refuse only behind an open connection.
        if (isAnswer || transcript.Text.Length > 0)
            _candidate.Health.Succeeded();
    }

    private void OnRecovered(object? sender, EventArgs e) => ReturnIfQuiet();

    private void ReturnIfQuiet()
    {
        if (!_preferred.Any(health => health.IsWell))
            return;
        lock (_gate)
        {
            if (_owed > 0 || _isHeard)
                return;
        }

        _return.Cancel();
    }
}
