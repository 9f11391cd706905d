namespace Agent.Providers.LanguageModels;

/// <summary>Opens a connection to a vendor before it is needed, TLS included, by asking for nothing. One for each vendor and address.</summary>
/// <param name="http">The vendor's pool of connections.</param>
/// <param name="address">Where.</param>
/// <param name="limit">How long it may take.</param>
/// <param name="time">The clock.</param>
internal sealed class ConnectionWarmer(HttpClient http, Uri address, TimeSpan limit, TimeProvider time)
{
    // Well below what any vendor's front keeps an idle connection for.
    private static readonly TimeSpan s_warm = TimeSpan.FromSeconds(20);

    private long _usedAt = long.MinValue;

    /// <summary>A connection has gone back to the pool.</summary>
    internal void Used() => Volatile.Write(ref _usedAt, time.GetTimestamp());

    internal async Task WarmUpAsync(CancellationToken cancellationToken)
    {
        var usedAt = Volatile.Read(ref _usedAt);
        if (usedAt != long.MinValue && time.GetElapsedTime(usedAt) < s_warm)
            return;
        using var timeout = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            // Any answer will do, and without a key it costs nobody anything.
            using var request = new HttpRequestMessage(HttpMethod.Head, address);
            using var response = await http.SendAsync(request, either.Token);
            Used();
        }
        catch (VendorFailure failure)
        {
            // An answer that is no success has opened a connection as well.
            if (failure.Status is not null)
                Used();
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The call that needs it opens it.
        }
    }
}
