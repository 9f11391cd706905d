using Agent.LiveKit.Rtc.Audio;

namespace Agent.Tests.LiveKit.Rtc.Audio;

public class AsyncSignalTests
{
    private readonly AsyncSignal _signal = new();

    [Fact]
    public async Task WaitAsync_AfterSet_IsThereOnce()
    {
        _signal.Set();
        _signal.Set();
        Assert.True(_signal.WaitAsync().IsCompletedSuccessfully);
        var second = _signal.WaitAsync();
        Assert.False(second.IsCompleted);
        _signal.Set();
        Assert.True(second.IsCompletedSuccessfully);
        await second;
    }

    [Fact]
    public async Task WaitAsync_Cancelled_EndsAndTheNextWaitWorks()
    {
        using var cancel = new CancellationTokenSource();
        var wait = _signal.WaitAsync(cancel.Token).AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
        var next = _signal.WaitAsync();
        _signal.Set();
        await next;
    }

    [Fact]
    public void WaitAsync_TwoAtATime_IsRefused()
    {
        _ = _signal.WaitAsync().AsTask();
        Assert.Throws<InvalidOperationException>(() => _ = _signal.WaitAsync());
    }

    [Fact]
    public async Task Set_FromAnotherThreadAThousandTimes_LosesNothing()
    {
        using var taken = new SemaphoreSlim(0);
        var setter = Task.Run(async () =>
        {
            for (var i = 0; i < 1_000; i++)
            {
                _signal.Set();
                await taken.WaitAsync();
            }
        });
        for (var i = 0; i < 1_000; i++)
        {
            await _signal.WaitAsync();
            taken.Release();
        }

        await setter.WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public void WaitAsync_WithACancellableToken_AllocatesNothing()
    {
        using var cancel = new CancellationTokenSource();
        Round(cancel.Token);
        Round(cancel.Token);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
            Round(cancel.Token);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private void Round(CancellationToken token)
    {
        var wait = _signal.WaitAsync(token);
        _signal.Set();
        wait.GetAwaiter().GetResult();
    }
}
