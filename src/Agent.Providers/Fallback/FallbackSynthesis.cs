using System.Runtime.CompilerServices;
using Agent.Pipeline.Concurrency;
using Agent.Pipeline.Errors;
using Agent.Pipeline.Speech;

namespace Agent.Providers.Fallback;

/// <summary>One utterance of a list of synthesizers, spoken by as many of them as it takes.</summary>
internal sealed class FallbackSynthesis : ISynthesis
{
    private readonly FallbackTextToSpeech _list;
    private readonly Queue<FallbackCandidate<ITextToSpeech>> _next;
    private readonly SaidSpeech _said;
    private readonly AsyncSignal _written = new();
    private readonly List<ProviderException> _failures = [];
    private SpeakingCandidate? _speaking;
    private SpeechUsage _usage;
    private bool _isCompleted;

    internal FallbackSynthesis(FallbackTextToSpeech list, IEnumerable<FallbackCandidate<ITextToSpeech>> candidates)
    {
        _list = list;
        _next = new Queue<FallbackCandidate<ITextToSpeech>>(candidates);
        _said = new SaidSpeech(list.Capabilities.SampleRateHz);
    }

    public string? ServedBy => Volatile.Read(ref _speaking)?.Name;

    public IReadOnlyList<ProviderException> PassedOver => _failures;

    public SpeechUsage Usage => _usage + (Volatile.Read(ref _speaking)?.Synthesis.Usage ?? SpeechUsage.None);

    internal SaidSpeech Said => _said;

    internal bool IsCompleted => Volatile.Read(ref _isCompleted);

    /// <summary>Has the first that can begin.</summary>
    /// <exception cref="ProviderException">None can.</exception>
    internal async ValueTask BeginAsync(CancellationToken cancellationToken)
    {
        while (_next.TryDequeue(out var candidate))
        {
            try
            {
                var synthesis = await FallbackErrors.WithinAsync(
                    candidate.Health.Provider, _list.Options.AttemptTimeout, _list.Time, candidate.Provider.BeginAsync, cancellationToken);
                if (_failures.Count > 0)
                    FallbackLog.TookOver(_list.Logger, _failures[^1].Provider, candidate.Health.Provider);
                Volatile.Write(ref _speaking, new SpeakingCandidate(this, candidate, synthesis, _written));
                return;
            }
            catch (ProviderException e)
            {
                Fail(candidate, e);
            }
        }

        throw FallbackErrors.All(_list.Name, _failures);
    }

    public ValueTask WriteAsync(string text, CancellationToken cancellationToken)
    {
        _said.Write(text);
        _written.Set();
        return ValueTask.CompletedTask;
    }

    public void Complete()
    {
        Volatile.Write(ref _isCompleted, true);
        _written.Set();
    }

    public async IAsyncEnumerable<SynthesizedAudio> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rest = "";
        var next = 0;
        var knowsPieces = true;
        while (true)
        {
            var speaking = _speaking!;
            ProviderException? error = null;
            await using (var sound = speaking.SpeakAsync(rest, next, knowsPieces, _list.Options.AttemptTimeout, _list.Time, cancellationToken).GetAsyncEnumerator(cancellationToken))
            {
                while (true)
                {
                    try
                    {
                        if (!await sound.MoveNextAsync())
                            break;
                    }
                    catch (Exception e) when (!cancellationToken.IsCancellationRequested)
                    {
                        error = FallbackErrors.Of(speaking.Name, e);
                        break;
                    }

                    yield return sound.Current;
                }
            }

            if (error is null)
            {
                speaking.Candidate.Health.Succeeded();
                yield break;
            }

            Fail(speaking.Candidate, error);
            _usage += speaking.Synthesis.Usage;
            Volatile.Write(ref _speaking, null);
            await speaking.Synthesis.DisposeAsync();
            rest = _said.Rest(out next, out knowsPieces);

            // The one that failed had said everything, though not that it had.
            if (IsCompleted && _said.Count == next && rest.Length == 0)
                yield break;
            await BeginAsync(cancellationToken);
        }
    }

    public ValueTask DisposeAsync() => Volatile.Read(ref _speaking)?.Synthesis.DisposeAsync() ?? ValueTask.CompletedTask;

    private void Fail(FallbackCandidate<ITextToSpeech> candidate, ProviderException error)
    {
        _failures.Add(error);
        candidate.Health.Failed(error);
    }
}
