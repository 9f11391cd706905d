namespace Agent.Tests.EndToEnd.Conversation;

/// <summary>Waits for what other processes and threads do; what does not come in time fails the test.</summary>
internal static class Eventually
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    public static Task HoldsAsync(Func<bool> condition, Func<string> what) => HoldsAsync(() => Task.FromResult(condition()), what);

    public static async Task HoldsAsync(Func<Task<bool>> condition, Func<string> what)
    {
        var begun = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < s_limit, $"Waited {s_limit.TotalSeconds} s in vain: {what()}");
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }
}
