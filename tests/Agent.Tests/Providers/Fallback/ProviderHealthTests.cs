using Agent.Pipeline.Errors;
using Agent.Providers.Fallback;
using Agent.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Agent.Tests.Providers.Fallback;

public sealed class ProviderHealthTests
{
    private readonly VirtualWorld _world = new();
    private readonly List<double> _probes = [];
    private bool _isDown = true;

    [Fact]
    public void Failed_IsTriedLaterAndLaterUntilItIsWell() => Run(async health =>
    {
        health.Failed(Error(ProviderErrorKind.Connection));
        Assert.False(health.IsWell);
        await WaitAsync(20);
        Assert.Equal([2, 6, 14], _probes);
        _isDown = false;
        await WaitAsync(20);
        Assert.True(health.IsWell);
        Assert.Equal([2, 6, 14, 30], _probes);
    });

    [Fact]
    public void Failed_AgainSoonAfterItWasWell_IsTriedLaterEachTime() => Run(async health =>
    {
        _isDown = false;
        for (var i = 0; i < 4; i++)
        {
            health.Failed(Error(ProviderErrorKind.Connection));
            await WaitAsync(17);
            Assert.True(health.IsWell);
        }

        Assert.Equal([2, 17 + 4, 34 + 8, 51 + 16], _probes);
    });

    [Fact]
    public void Failed_LongAfterItWasWell_IsTriedAsSoonAsEver() => Run(async health =>
    {
        _isDown = false;
        health.Failed(Error(ProviderErrorKind.Connection));
        await WaitAsync(70);
        health.Failed(Error(ProviderErrorKind.Connection));
        await WaitAsync(10);

        Assert.Equal([2, 72], _probes);
    });

    [Fact]
    public void Succeeded_WhileAside_IsWellAtOnceAndTriedNoMore() => Run(async health =>
    {
        var recovered = 0;
        health.Recovered += (_, _) => recovered++;
        health.Failed(Error(ProviderErrorKind.Timeout));
        health.Succeeded();
        health.Succeeded();
        await WaitAsync(20);
        Assert.True(health.IsWell);
        Assert.Equal(1, recovered);
        Assert.Empty(_probes);
    });

    [Theory]
    [InlineData(ProviderErrorKind.BadRequest)]
    [InlineData(ProviderErrorKind.Content)]
    public void Failed_ByWhatTheCallerAsked_StaysWell(ProviderErrorKind kind) => Run(health =>
    {
        health.Failed(Error(kind));
        Assert.True(health.IsWell);
        return Task.CompletedTask;
    });

    [Fact]
    public void Failed_KeyRefused_IsTriedAfterTheLongestPause() => Run(async health =>
    {
        health.Failed(Error(ProviderErrorKind.Authentication));
        await WaitAsync(130);
        Assert.Equal([60, 120], _probes);
    });

    [Fact]
    public void Failed_VendorAsksToWait_IsNotTriedBefore() => Run(async health =>
    {
        health.Failed(new ProviderException("a/one", ProviderErrorKind.RateLimit, "too many", isTransient: true) { RetryAfter = TimeSpan.FromSeconds(9) });
        await WaitAsync(10);
        Assert.Equal([9], _probes);
    });

    [Fact]
    public void Order_ThoseAsideComeLast() => Run(health =>
    {
        var well = Make();
        health.Failed(Error(ProviderErrorKind.Connection));
        Assert.Equal([1, 2, 0], ProviderHealth.Order([health, well, Make()]));
        return Task.CompletedTask;
    });

    private static ProviderException Error(ProviderErrorKind kind) => new("a/one", kind, "down", isTransient: true);

    private ProviderHealth Make() => new(
        "a/one",
        _ =>
        {
            _probes.Add(Math.Round(_world.Time.Now.TotalSeconds, 3));
            return _isDown ? throw Error(ProviderErrorKind.Connection) : Task.CompletedTask;
        },
        new FallbackOptions(),
        _world.Time,
        NullLogger.Instance);

    private Task WaitAsync(double seconds) => Task.Delay(TimeSpan.FromSeconds(seconds), _world.Time);

    private void Run(Func<ProviderHealth, Task> test) => _world.Run(
        async () =>
        {
            await using var health = Make();
            await test(health);
            return true;
        },
        TimeSpan.FromMinutes(10));
}
