using Agent.LoopbackVendors.Faults;
using Agent.Pipeline.Errors;

namespace Agent.Tests.Providers.Contracts;

/// <summary>What a vendor's refusal means, the same for all vendors and kinds.</summary>
internal static class VendorFailures
{
    /// <summary>How long a rate limit asks to wait: longer than any client waits by itself.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(30);

    /// <summary>HTTP statuses with the kind of their error, and whether the same call may succeed later.</summary>
    public static TheoryData<int, ProviderErrorKind, bool> Statuses => new()
    {
        { 400, ProviderErrorKind.BadRequest, false },
        { 401, ProviderErrorKind.Authentication, false },
        { 402, ProviderErrorKind.Quota, false },
        { 403, ProviderErrorKind.Authentication, false },
        { 429, ProviderErrorKind.RateLimit, true },
        { 500, ProviderErrorKind.Connection, true },
        { 503, ProviderErrorKind.Connection, true },
    };

    public static Fault Status(int status) => Fault.Http(status, status == 429 ? RetryAfter : null);

    /// <summary>Asserts that an error says what such a status means.</summary>
    public static void AssertTells(ProviderException error, string provider, int status, ProviderErrorKind kind, bool isTransient)
    {
        Assert.Equal((provider, kind, isTransient, status), (error.Provider, error.Kind, error.IsTransient, error.HttpStatus ?? 0));
        Assert.Equal(status == 429 ? RetryAfter : null, error.RetryAfter);
        Assert.Contains(provider, error.Message, StringComparison.Ordinal);
    }
}
