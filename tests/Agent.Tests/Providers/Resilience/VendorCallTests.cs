using Agent.Pipeline.Errors;
using Agent.Providers.Resilience;
using Agent.Testing;

namespace Agent.Tests.Providers.Resilience;

/// <summary>When a call is repeated, how long it may take, and when nobody is called any more: on virtual time.</summary>
public sealed class VendorCallTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly ResilienceOptions _options = new() { ConnectTimeout = TimeSpan.FromSeconds(1), FirstByteTimeout = TimeSpan.FromSeconds(2), IdleTimeout = TimeSpan.FromSeconds(3) };
    private int _attempts;

    [Fact]
    public async Task Execute_FailedForNow_IsRepeatedAsOftenAsSet()
    {
        _options.Retries = 3;

        await Assert.ThrowsAsync<ProviderException>(() => RunAsync(Call(), static (_, _) => throw Error()));

        Assert.Equal(4, _attempts);
    }

    [Fact]
    public async Task Execute_SucceedsAtTheSecondAttempt_IsNotRepeatedAgain()
    {
        _options.Retries = 3;

        Assert.Equal(2, await RunAsync(Call(), static (attempt, _) => attempt == 1 ? throw Error() : new ValueTask<int>(attempt)));
    }

    [Theory]
    [InlineData(ProviderErrorKind.Authentication)]
    [InlineData(ProviderErrorKind.Quota)]
    [InlineData(ProviderErrorKind.BadRequest)]
    [InlineData(ProviderErrorKind.Content)]
    public async Task Execute_FailedForGood_IsNotRepeated(ProviderErrorKind kind)
    {
        await Assert.ThrowsAsync<ProviderException>(() => RunAsync(Call(), (_, _) => throw Error(kind, isTransient: false)));

        Assert.Equal(1, _attempts);
    }

    [Fact]
    public async Task Within_StepAfterTheFirstByteFails_IsNotRepeated()
    {
        var call = Call();

        await Assert.ThrowsAsync<ProviderException>(() => call.WithinAsync<int>(
            VendorStage.Idle,
            _ =>
            {
                _attempts++;
                throw Error();
            },
            TestContext.Current.CancellationToken).AsTask());

        Assert.Equal(1, _attempts);
    }

    [Fact]
    public async Task Execute_Repeated_PausesAtRandomAroundTheSetTime()
    {
        var pauses = new List<TimeSpan>();
        for (var i = 0; i < 100; i++)
        {
            var began = _time.Now;
            await Assert.ThrowsAsync<ProviderException>(() => RunAsync(Call(), static (_, _) => throw Error()));
            pauses.Add(_time.Now - began);
        }

        // 2·tanh(2)/1.4, by which the first of Polly's pauses may be longer than the one that is set.
        Assert.All(pauses, pause => Assert.InRange(pause, TimeSpan.Zero, _options.RetryDelay * 1.38));
        Assert.InRange(pauses.Average(pause => pause / _options.RetryDelay), 0.4, 1.1);
        Assert.True(pauses.Distinct().Count() > 50);
    }

    [Fact]
    public async Task Execute_SeveralRepetitions_PauseLongerAndLonger()
    {
        _options.Retries = 4;
        var times = new List<TimeSpan>();

        await Assert.ThrowsAsync<ProviderException>(() => RunAsync(Call(), (_, _) =>
        {
            times.Add(_time.Now);
            throw Error();
        }));

        Assert.True(times[4] - times[2] > times[2] - times[0]);
    }

    [Fact]
    public async Task Execute_VendorAsksToWait_WaitsExactlySoLong()
    {
        var wait = TimeSpan.FromSeconds(0.7);

        await Assert.ThrowsAsync<ProviderException>(() => RunAsync(Call(), (_, _) => throw Error(ProviderErrorKind.RateLimit, retryAfter: wait)));

        Assert.Equal((2, wait), (_attempts, _time.Now));
    }

    [Fact]
    public async Task Execute_VendorAsksToWaitForLongerThanItMay_FailsAtOnce()
    {
        var wait = _options.MaxRetryAfter + TimeSpan.FromSeconds(0.1);

        var error = await Assert.ThrowsAsync<ProviderException>(() => RunAsync(Call(), (_, _) => throw Error(ProviderErrorKind.RateLimit, retryAfter: wait)));

        Assert.Equal((1, TimeSpan.Zero, wait), (_attempts, _time.Now, error.RetryAfter));
    }

    [Theory]
    [InlineData(nameof(VendorStage.Connect), 1)]
    [InlineData(nameof(VendorStage.FirstByte), 2)]
    [InlineData(nameof(VendorStage.Idle), 3)]
    public async Task Execute_NothingHappens_EndsWithItsStagesTime(string stage, int seconds)
    {
        _options.Retries = 0;

        var error = await Assert.ThrowsAsync<ProviderException>(() => RunAsync(Call(), static (_, token) => ForeverAsync(token), Enum.Parse<VendorStage>(stage)));

        Assert.Equal((ProviderErrorKind.Timeout, true, TimeSpan.FromSeconds(seconds)), (error.Kind, error.IsTransient, _time.Now));
        Assert.Contains($"{stage}Timeout", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Execute_TimesOut_EachAttemptHasItsTimeAnew()
    {
        _options.RetryDelay = TimeSpan.Zero;

        await Assert.ThrowsAsync<ProviderException>(() => RunAsync(Call(), static (_, token) => ForeverAsync(token)));

        Assert.Equal((2, _options.FirstByteTimeout * 2), (_attempts, _time.Now));
    }

    [Fact]
    public async Task Execute_CancelledByTheCaller_IsNoTimeout()
    {
        using var interrupted = new CancellationTokenSource();
        var call = Call();
        var running = call.ExecuteAsync(VendorStage.FirstByte, Count(static (_, token) => ForeverAsync(token)), interrupted.Token).AsTask();

        await interrupted.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(1, _attempts);
        Assert.False(call.IsPutAside);
    }

    [Fact]
    public async Task Execute_CancelledWhileItPauses_IsNotRepeated()
    {
        using var interrupted = new CancellationTokenSource();
        var running = Call().ExecuteAsync(VendorStage.FirstByte, Count(static (_, _) => throw Error(retryAfter: TimeSpan.FromSeconds(0.5))), interrupted.Token).AsTask();

        await interrupted.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(1, _attempts);
    }

    [Fact]
    public async Task Breaker_EnoughFailures_RefusesWithoutACall()
    {
        var call = await BrokenAsync();
        _attempts = 0;

        var error = await Assert.ThrowsAsync<ProviderException>(() => RunAsync(call, static (_, _) => new ValueTask<int>(1)));

        Assert.Equal((0, ProviderErrorKind.Connection, true), (_attempts, error.Kind, error.IsTransient));
        Assert.Contains("put aside", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Breaker_OneFailureLess_CallsOn()
    {
        _options.Retries = 0;
        var call = Call();
        for (var i = 1; i < _options.BreakerFailures; i++)
            await Assert.ThrowsAsync<ProviderException>(() => RunAsync(call, static (_, _) => throw Error()));

        Assert.Equal(_options.BreakerFailures, await RunAsync(call, static (attempt, _) => new ValueTask<int>(attempt)));
    }

    [Fact]
    public async Task Breaker_HalfOfAllSucceed_AreNotEnoughFailures()
    {
        _options.Retries = 0;
        var call = Call();
        for (var i = 0; i < 20; i++)
        {
            await RunAsync(call, static (_, _) => new ValueTask<int>(1));
            await RunAsync(call, static (_, _) => new ValueTask<int>(1));
            await Assert.ThrowsAsync<ProviderException>(() => RunAsync(call, static (_, _) => throw Error()));
        }

        Assert.False(call.IsPutAside);
    }

    [Theory]
    [InlineData(ProviderErrorKind.BadRequest)]
    [InlineData(ProviderErrorKind.Content)]
    public async Task Breaker_WhatTheCallerGotWrong_DoesNotCount(ProviderErrorKind kind)
    {
        var call = Call();
        for (var i = 0; i < 20; i++)
            await Assert.ThrowsAsync<ProviderException>(() => RunAsync(call, (_, _) => throw Error(kind, isTransient: false)));

        Assert.False(call.IsPutAside);
    }

    [Fact]
    public async Task Breaker_ProbeSucceeds_CallsAgain()
    {
        var call = await BrokenAsync();
        Pass(_options.BreakerDelay);
        _attempts = 0;

        await RunAsync(call, static (_, _) => new ValueTask<int>(1));
        await RunAsync(call, static (_, _) => new ValueTask<int>(1));

        Assert.Equal((2, false), (_attempts, call.IsPutAside));
    }

    [Fact]
    public async Task Breaker_ProbeFails_IsAsideAgainAfterOneCall()
    {
        var call = await BrokenAsync();
        Pass(_options.BreakerDelay);
        _attempts = 0;

        for (var i = 0; i < 5; i++)
            await Assert.ThrowsAsync<ProviderException>(() => RunAsync(call, static (_, _) => throw Error()));

        Assert.Equal((1, true), (_attempts, call.IsPutAside));
    }

    [Fact]
    public async Task Breaker_ProbeIsUnderWay_OthersAreRefused()
    {
        var call = await BrokenAsync();
        Pass(_options.BreakerDelay);
        _attempts = 0;
        var answer = new TaskCompletionSource<int>();
        var probe = call.ExecuteAsync(VendorStage.FirstByte, Count((_, _) => new ValueTask<int>(answer.Task)), TestContext.Current.CancellationToken).AsTask();

        await Assert.ThrowsAsync<ProviderException>(() => RunAsync(call, static (_, _) => new ValueTask<int>(1)));
        answer.SetResult(7);

        Assert.Equal((7, 1), (await probe, _attempts));
        Assert.False(call.IsPutAside);
    }

    private VendorCall Call() => new("vendor/model", _options, _time);

    /// <summary>A call that has failed too often.</summary>
    private async Task<VendorCall> BrokenAsync()
    {
        _options.Retries = 0;
        var call = Call();
        for (var i = 0; i < _options.BreakerFailures; i++)
            await Assert.ThrowsAsync<ProviderException>(() => RunAsync(call, static (_, _) => throw Error()));
        Assert.True(call.IsPutAside);
        return call;
    }

    private Func<CancellationToken, ValueTask<int>> Count(Func<int, CancellationToken, ValueTask<int>> attempt) => token => attempt(++_attempts, token);

    private async Task<int> RunAsync(VendorCall call, Func<int, CancellationToken, ValueTask<int>> attempt, VendorStage stage = VendorStage.FirstByte)
    {
        var running = call.ExecuteAsync(stage, Count(attempt), TestContext.Current.CancellationToken).AsTask();
        var until = _time.Now + TimeSpan.FromMinutes(1);

        // Everything happens on this thread: what is not done waits for the clock.
        while (!running.IsCompleted && _time.TryFireNext(until))
        {
        }

        return await running;
    }

    private void Pass(TimeSpan time)
    {
        var until = _time.Now + time;
        while (_time.TryFireNext(until))
        {
        }
    }

    private static async ValueTask<int> ForeverAsync(CancellationToken cancellationToken)
    {
        var never = new TaskCompletionSource<int>();
        await using var cancelled = cancellationToken.Register(() => never.TrySetCanceled(cancellationToken));
        return await never.Task;
    }

    private static ProviderException Error(ProviderErrorKind kind = ProviderErrorKind.Connection, bool isTransient = true, TimeSpan? retryAfter = null) =>
        new("vendor/model", kind, "failed", isTransient) { RetryAfter = retryAfter };
}
