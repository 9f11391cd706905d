using Agent.Pipeline.Errors;
using Agent.Providers.Resilience;
using Agent.Testing;

namespace Agent.Tests.Providers.Resilience;

/// <summary>Calls whose repetitions share one time-out.</summary>
public sealed class CallDeadlineTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private readonly ManualTimeProvider _time = new();
    private readonly VendorCall _call;
    private int _attempts;

    public CallDeadlineTests() => _call = new VendorCall(
        "vendor/model", new ResilienceOptions { FirstByteTimeout = TimeSpan.FromSeconds(1.5), Retries = 3, RetryDelay = TimeSpan.Zero }, _time);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ExecuteWithin_AttemptHangs_IsNotRepeated()
    {
        var calling = _call.ExecuteWithinAsync(VendorStage.FirstByte, TimeSpan.FromSeconds(0.5), HangAsync, Cancellation).AsTask();
        Assert.True(_time.TryFireNext(TimeSpan.FromMinutes(1)));

        var error = await Assert.ThrowsAsync<ProviderException>(() => calling.WaitAsync(s_patience, Cancellation));

        Assert.Equal((ProviderErrorKind.Timeout, true), (error.Kind, error.IsTransient));
        Assert.Contains("2 s", error.Message, StringComparison.Ordinal);
        Assert.Equal((1, 2.0), (_attempts, _time.Now.TotalSeconds));
    }

    [Fact]
    public async Task ExecuteWithin_AttemptFailsSoon_IsRepeatedInWhatIsLeftOfTheTime()
    {
        var repeated = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var calling = _call.ExecuteWithinAsync(
            VendorStage.FirstByte,
            TimeSpan.Zero,
            async token =>
            {
                if (_attempts > 0)
                {
                    repeated.SetResult();
                    return await HangAsync(token);
                }

                _attempts++;
                await Task.Delay(TimeSpan.FromSeconds(1.2), _time, token);
                throw Lost();
            },
            Cancellation).AsTask();
        Assert.True(_time.TryFireNext(TimeSpan.FromMinutes(1)));
        await repeated.Task.WaitAsync(s_patience, Cancellation);
        Assert.True(_time.TryFireNext(TimeSpan.FromMinutes(1)));

        var error = await Assert.ThrowsAsync<ProviderException>(() => calling.WaitAsync(s_patience, Cancellation));

        Assert.Equal(ProviderErrorKind.Timeout, error.Kind);
        Assert.Equal((2, 1.5), (_attempts, _time.Now.TotalSeconds));
    }

    [Fact]
    public async Task ExecuteWithin_VendorAsksToWaitForLongerThanIsLeft_IsNotRepeated()
    {
        var calling = _call.ExecuteWithinAsync<int>(
            VendorStage.FirstByte,
            TimeSpan.Zero,
            async token =>
            {
                _attempts++;
                await Task.Delay(TimeSpan.FromSeconds(1), _time, token);
                throw new ProviderException("vendor/model", ProviderErrorKind.RateLimit, "too many", isTransient: true) { RetryAfter = TimeSpan.FromSeconds(0.6) };
            },
            Cancellation).AsTask();
        Assert.True(_time.TryFireNext(TimeSpan.FromMinutes(1)));

        var error = await Assert.ThrowsAsync<ProviderException>(() => calling.WaitAsync(s_patience, Cancellation));

        Assert.Equal((ProviderErrorKind.RateLimit, 1), (error.Kind, _attempts));
    }

    private static ProviderException Lost() => new("vendor/model", ProviderErrorKind.Connection, "lost", isTransient: true);

    private async ValueTask<int> HangAsync(CancellationToken cancellationToken)
    {
        _attempts++;
        await Task.Delay(Timeout.InfiniteTimeSpan, _time, cancellationToken);
        return 0;
    }
}
