using Agent.Pipeline.Errors;

namespace Agent.Providers.Fallback;

/// <summary>The errors of lists.</summary>
internal static class FallbackErrors
{
    /// <summary>A candidate's error as one of a provider, whatever it threw.</summary>
    internal static ProviderException Of(string provider, Exception error) => error as ProviderException ?? new ProviderException(
        provider, ProviderErrorKind.Protocol, $"{provider} failed unexpectedly ({error.GetType().Name}).", isTransient: true, error);

    /// <summary>A candidate has taken longer than it may.</summary>
    internal static ProviderException Late(string provider, TimeSpan limit, Exception? cause = null) => new(
        provider,
        ProviderErrorKind.Timeout,
        $"{provider}: nothing came within {limit.TotalSeconds:0.##} s, which is all that one of a list may take (Providers:Fallback:AttemptTimeout).",
        isTransient: true,
        cause);

    /// <summary>None of a list has worked.</summary>
    internal static ProviderException All(string list, IReadOnlyList<ProviderException> errors)
    {
        var last = errors[^1];
        return new ProviderException(
            list,
            last.Kind,
            $"All of {list} failed: {string.Join("; ", errors.Select(e => $"{e.Provider} ({e.Kind})"))}. See the log for each.",
            errors.Any(e => e.IsTransient),
            last)
        {
            HttpStatus = last.HttpStatus,
            RequestId = last.RequestId,
        };
    }

    /// <summary>Something that one candidate does, in its time.</summary>
    /// <exception cref="ProviderException">It failed or was late.</exception>
    internal static async ValueTask<T> WithinAsync<T>(
        string provider, TimeSpan limit, TimeProvider time, Func<CancellationToken, ValueTask<T>> attempt, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await attempt(either.Token);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            throw timeout.IsCancellationRequested && e is OperationCanceledException ? Late(provider, limit, e) : Of(provider, e);
        }
    }
}
