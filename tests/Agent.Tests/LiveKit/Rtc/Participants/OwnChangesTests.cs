using Agent.LiveKit.Rtc;

namespace Agent.Tests.LiveKit.Rtc.Participants;

public class OwnChangesTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    private readonly OwnChanges _changes = new();
    private readonly TaskCompletionSource<string?> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isDone;

    [Fact]
    public async Task Ask_AnswerLostButTheChangeSeen_IsDone()
    {
        var asking = AskAsync();
        _changes.Raise();
        Assert.False(asking.IsCompleted);
        _isDone = true;
        _changes.Raise();
        Assert.Null(await asking.WaitAsync(s_limit));
    }

    [Fact]
    public async Task Ask_Answered_DoesNotWaitForTheChange()
    {
        var asking = AskAsync();
        _answer.SetResult(null);
        Assert.Null(await asking.WaitAsync(s_limit));
    }

    [Fact]
    public async Task Ask_Refused_SaysWhy()
    {
        var asking = AskAsync();
        _answer.SetResult("not allowed");
        Assert.Equal("not allowed", await asking.WaitAsync(s_limit));
    }

    [Fact]
    public async Task Ask_TimedOutAfterAll_IsDoneWhenTheChangeIsThere()
    {
        _isDone = false;
        var asking = AskAsync();
        _isDone = true;
        _answer.SetResult("request timeout");
        Assert.Null(await asking.WaitAsync(s_limit));
    }

    [Fact]
    public async Task Ask_RoomLeftMeanwhile_Fails()
    {
        var asking = AskAsync();
        _answer.SetException(new RoomException(RoomErrorKind.Closed, "left"));
        await Assert.ThrowsAsync<RoomException>(() => asking.WaitAsync(s_limit));
    }

    [Fact]
    public async Task Ask_Cancelled_EndsTheWait()
    {
        using var stop = new CancellationTokenSource();
        var asking = _changes.AskAsync(token => _answer.Task.WaitAsync(token), () => false, stop.Token);
        stop.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking.WaitAsync(s_limit));
    }

    private Task<string?> AskAsync() => _changes.AskAsync(token => _answer.Task.WaitAsync(token), () => _isDone, CancellationToken.None);
}
