namespace Agent.Pipeline.Errors;

/// <summary>A recogniser, language model or synthesizer failed. Never carries a key or a transcript.</summary>
public sealed class ProviderException : AgentException
{
    /// <summary>Creates the error for one provider.</summary>
    /// <param name="provider">The provider's name as configured, e.g. <c>local/flite</c>.</param>
    /// <param name="kind">What went wrong.</param>
    /// <param name="message">What happened and what to do.</param>
    /// <param name="isTransient">Whether the same call may succeed later.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public ProviderException(string provider, ProviderErrorKind kind, string message, bool isTransient = false, Exception? innerException = null)
        : base(message, innerException!)
    {
        Provider = provider;
        Kind = kind;
        IsTransient = isTransient;
    }

    /// <summary>The provider's name as configured, e.g. <c>local/flite</c>.</summary>
    public string Provider { get; }

    /// <summary>What went wrong.</summary>
    public ProviderErrorKind Kind { get; }

    /// <summary>Whether the same call may succeed later.</summary>
    public bool IsTransient { get; }

    /// <summary>The HTTP status that the provider answered with; null where it did not come so far, or speaks no HTTP.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>The vendor's own name for the request, to give to its support; null where there is none.</summary>
    public string? RequestId { get; init; }

    /// <summary>How long the provider asks to wait before the next attempt; null where it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
