using Agent.Pipeline.Errors;
using Agent.Pipeline.Speech;
using Microsoft.Extensions.Logging;

namespace Agent.Providers.Fallback;

/// <summary>
/// A list of recognisers: each stream goes to the first that is well. Where one fails in the middle its stream ends; whoever listens opens the next with the audio
/// that was not understood yet, and goes back to the first in the same way, at a moment when nothing is being said.
/// </summary>
internal sealed class FallbackSpeechToText : ISpeechToText, IWarmable
{
    private readonly IReadOnlyList<FallbackCandidate<ISpeechToText>> _candidates;
    private readonly ProviderHealth[] _health;
    private readonly FallbackOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    /// <param name="candidates">At least one, the preferred first.</param>
    /// <param name="options">How patient the list is.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where it is told who takes over.</param>
    internal FallbackSpeechToText(IReadOnlyList<FallbackCandidate<ISpeechToText>> candidates, FallbackOptions options, TimeProvider time, ILogger logger)
    {
        _candidates = candidates;
        _health = [.. candidates.Select(candidate => candidate.Health)];
        _options = options;
        _time = time;
        _logger = logger;
        Name = string.Join(", ", candidates.Select(candidate => candidate.Provider.Name));

        // What is promised holds whoever serves: the rate is changed for those that want another.
        var all = candidates.Select(candidate => candidate.Provider.Capabilities).ToArray();
        Capabilities = new SpeechToTextCapabilities(
            all.Select(each => each.SampleRateHz).Distinct().Count() == 1 ? all[0].SampleRateHz : 16_000,
            all.All(each => each.InterimResults),
            all.All(each => each.EndOfTurn),
            all.All(each => each.WordTimings))
        {
            NeedsWholeSegments = all.Any(each => each.NeedsWholeSegments),
        };
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public SpeechToTextCapabilities Capabilities { get; }

    /// <inheritdoc/>
    public async ValueTask<ISpeechToTextStream> OpenAsync(CancellationToken cancellationToken)
    {
        var failures = new List<ProviderException>();
        foreach (var i in ProviderHealth.Order(_health).ToArray())
        {
            var candidate = _candidates[i];
            try
            {
                var stream = await FallbackErrors.WithinAsync(candidate.Health.Provider, _options.AttemptTimeout, _time, candidate.Provider.OpenAsync, cancellationToken);
                if (failures.Count > 0)
                    FallbackLog.TookOver(_logger, failures[^1].Provider, candidate.Health.Provider);
                return new FallbackSpeechStream(stream, candidate, Capabilities.SampleRateHz, _health[..i], failures);
            }
            catch (ProviderException e)
            {
                failures.Add(e);
                candidate.Health.Failed(e);
            }
        }

        throw FallbackErrors.All(Name, failures);
    }

    /// <inheritdoc/>
    public Task WarmUpAsync(CancellationToken cancellationToken) =>
        _candidates[ProviderHealth.Order(_health).First()].Provider is IWarmable warmable ? warmable.WarmUpAsync(cancellationToken) : Task.CompletedTask;

    /// <summary>Finds out whether a recogniser works: a moment of silence has to be answered.</summary>
    /// <exception cref="ProviderException">It does not.</exception>
    internal static async Task ProbeAsync(ISpeechToText provider, CancellationToken cancellationToken)
    {
        await using var stream = await provider.OpenAsync(cancellationToken);
        var silence = new short[provider.Capabilities.SampleRateHz / 50];
        for (var pushed = 0; pushed < 10; pushed++)
            stream.Push(silence);
        stream.Flush();
        await foreach (var transcript in stream.ReadAsync(cancellationToken))
        {
            if (transcript.Kind == TranscriptKind.Flushed)
                return;
        }

        throw new ProviderException(provider.Name, ProviderErrorKind.Connection, $"The connection to {provider.Name} was closed without an answer.", isTransient: true);
    }
}
