using Agent.Pipeline.Errors;
using Agent.Pipeline.Speech;
using Microsoft.Extensions.Logging;

namespace Agent.Providers.Fallback;

/// <summary>
/// A list of synthesizers: each utterance goes to the first that is well. Where one fails the next speaks what has not been said, from the first word of which
/// less than half has become sound.
/// </summary>
internal sealed class FallbackTextToSpeech : ITextToSpeech, IWarmable
{
    private readonly IReadOnlyList<FallbackCandidate<ITextToSpeech>> _candidates;
    private readonly ProviderHealth[] _health;

    /// <param name="candidates">At least one, the preferred first.</param>
    /// <param name="options">How patient the list is.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where it is told who takes over.</param>
    internal FallbackTextToSpeech(IReadOnlyList<FallbackCandidate<ITextToSpeech>> candidates, FallbackOptions options, TimeProvider time, ILogger logger)
    {
        _candidates = candidates;
        _health = [.. candidates.Select(candidate => candidate.Health)];
        Options = options;
        Time = time;
        Logger = logger;
        Name = string.Join(", ", candidates.Select(candidate => candidate.Provider.Name));
        Capabilities = new TextToSpeechCapabilities(
            candidates[0].Provider.Capabilities.SampleRateHz,
            candidates.All(candidate => candidate.Provider.Capabilities.WordTimings));
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public TextToSpeechCapabilities Capabilities { get; }

    internal FallbackOptions Options { get; }

    internal TimeProvider Time { get; }

    internal ILogger Logger { get; }

    /// <inheritdoc/>
    public async ValueTask<ISynthesis> BeginAsync(CancellationToken cancellationToken)
    {
        var synthesis = new FallbackSynthesis(this, ProviderHealth.Order(_health).Select(i => _candidates[i]));
        try
        {
            await synthesis.BeginAsync(cancellationToken);
            return synthesis;
        }
        catch
        {
            await synthesis.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public Task WarmUpAsync(CancellationToken cancellationToken) =>
        _candidates[ProviderHealth.Order(_health).First()].Provider is IWarmable warmable ? warmable.WarmUpAsync(cancellationToken) : Task.CompletedTask;

    /// <summary>Finds out whether a synthesizer works: one short word has to become sound.</summary>
    /// <exception cref="ProviderException">It does not.</exception>
    internal static async Task ProbeAsync(ITextToSpeech provider, CancellationToken cancellationToken)
    {
        await using var synthesis = await provider.BeginAsync(cancellationToken);
        await synthesis.WriteAsync("OK.", cancellationToken);
        synthesis.Complete();
        await foreach (var audio in synthesis.ReadAsync(cancellationToken))
        {
            audio.Frame.Dispose();
            return;
        }

        throw new ProviderException(provider.Name, ProviderErrorKind.Protocol, $"{provider.Name} made no sound of a word.", isTransient: true);
    }
}
