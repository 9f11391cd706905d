using Agent.LoopbackVendors.Faults;
using Agent.Pipeline.Errors;
using Agent.Providers.Catalog;

namespace Agent.Tests.Providers.Contracts;

/// <summary>What goes wrong with a vendor of whatever kind, and what is told of it: the same for all.</summary>
/// <param name="Provider">The provider's name.</param>
/// <param name="Endpoint">Its endpoint among the loopback vendors.</param>
/// <param name="Words">What is said to it, of which no error and no log may tell.</param>
internal sealed record VendorTrial(string Provider, string Endpoint, IReadOnlyList<string> Words)
{
    private const string WrongKey = "wrong-key";

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    /// <summary>Settings with a key that the vendor does not know.</summary>
    public static Dictionary<string, string?> WrongKeys => ProviderStage.Keys(WrongKey);

    /// <summary>Settings without any key.</summary>
    public static Dictionary<string, string?> NoKeys => ProviderStage.Keys("");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The vendor answers with a status.</summary>
    public async Task<ProviderException> RefusedAsync(ProviderStage stage, int status, ProviderErrorKind kind, bool isTransient, Func<Task> ask)
    {
        stage.Vendors.Faults.Always(Endpoint, VendorFailures.Status(status));

        var error = await Assert.ThrowsAsync<ProviderException>(ask);

        VendorFailures.AssertTells(error, Provider, status, kind, isTransient);
        stage.AssertDiscreet(Words, error);
        return error;
    }

    /// <summary>The vendor's address leads to a web site.</summary>
    public async Task WebPageAsync(ProviderStage stage, Func<Task> ask)
    {
        stage.Vendors.Faults.Always(Endpoint, new Fault(FaultKind.WebPage));

        var error = await Assert.ThrowsAsync<ProviderException>(ask);

        Assert.Equal((Provider, ProviderErrorKind.Protocol, false, 200), (error.Provider, error.Kind, error.IsTransient, error.HttpStatus));
        Assert.Contains("see the base address", error.Message, StringComparison.Ordinal);
        stage.AssertDiscreet(Words, error);
    }

    /// <summary>The key is that of <see cref="WrongKeys"/>.</summary>
    public async Task WrongKeyAsync(ProviderStage stage, Func<Task> ask)
    {
        var error = await Assert.ThrowsAsync<ProviderException>(ask);

        Assert.Equal((Provider, ProviderErrorKind.Authentication, false), (error.Provider, error.Kind, error.IsTransient));
        Assert.DoesNotContain(WrongKey, error + stage.Log.ToString(), StringComparison.Ordinal);
    }

    /// <summary>The vendor says nothing from some moment on.</summary>
    public async Task HangsAsync(ProviderStage stage, Fault fault, Func<Task> ask)
    {
        stage.Vendors.Faults.Always(Endpoint, fault);

        var error = await Assert.ThrowsAsync<ProviderException>(ask);

        Assert.Equal((Provider, ProviderErrorKind.Timeout, true), (error.Provider, error.Kind, error.IsTransient));
        stage.AssertDiscreet(Words, error);
    }

    /// <summary>Whoever asks is interrupted while the vendor does not even take the connection.</summary>
    public async Task InterruptedAsync(ProviderStage stage, Func<CancellationToken, Task> ask)
    {
        stage.Vendors.Faults.Always(Endpoint, new Fault(FaultKind.HangAtConnect));
        using var interrupted = new CancellationTokenSource();

        var asking = ask(interrupted.Token);
        await stage.Vendors.Requests.WaitAsync(log => log.Of(Endpoint).Count > 0, Cancellation).WaitAsync(s_patience, Cancellation);
        await interrupted.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking.WaitAsync(s_patience, Cancellation));
    }

    /// <summary>The settings are <see cref="NoKeys"/>.</summary>
    public void NeedsAKey(ProviderStage stage, ProviderKind kind)
    {
        var error = Assert.Throws<ConfigurationException>(() => stage.Catalog.Validate(kind, Provider));

        Assert.Contains(Provider, error.Message, StringComparison.Ordinal);
        Assert.Contains("_KEY", error.Message, StringComparison.Ordinal);
    }
}
