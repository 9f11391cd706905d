using Agent.Pipeline.Turns;

namespace Agent.Tests.Pipeline.Turns;

public class UserTurnTests
{
    [Fact]
    public void WithInterim_NewVersionOfTheSegment_TakesItsPlace() =>
        Assert.Equal("what time", Turn.WithInterim("what", At(1), At(1.5)).WithInterim("what time", At(1), At(2)).Text);

    [Fact]
    public void WithInterim_NextSegment_KeepsWhatWasNotFixed() =>
        Assert.Equal("what time is it", Turn.WithInterim("what time", At(1), At(2)).WithInterim("is it", At(2.5), At(3)).Text);

    [Fact]
    public void WithFinal_OfAnEarlierSegment_TakesItsPlaceAndLeavesTheNext()
    {
        var turn = Turn.WithInterim("what tie", At(1), At(2)).WithInterim("is it", At(2.5), At(3)).WithFinal("what time", At(1), At(2));
        Assert.Equal("what time is it", turn.Text);
        Assert.Equal("is it", turn.Interim);
    }

    [Fact]
    public void WithFinal_OfALaterSegment_SettlesTheEarlierBeforeIt()
    {
        var turn = Turn.WithInterim("what time", At(1), At(2)).WithInterim("is", At(2.5), At(2.8)).WithFinal("is it", At(2.5), At(3));
        Assert.Equal(["what time", "is it"], turn.Finals);
        Assert.Equal("what time is it", turn.Text);
    }

    [Fact]
    public void WithFinal_RecogniserWithoutTimes_FixesTheSegment() =>
        Assert.Equal("What time?", Turn.WithInterim("what time", default, default).WithFinal("What time?", default, default).Text);

    [Fact]
    public void WithFinal_Empty_TakesTheSegmentBack() =>
        Assert.False(Turn.WithInterim("hm", At(1), At(2)).WithFinal("", At(1), At(2)).HasText);

    [Theory]
    [InlineData(1.0, "the same segment, complete", "the same segment, complete")]
    [InlineData(4.0, "another", "the same seg another")]
    public void ContinuedBy_WordsThatMayStillChange_GiveWayToTheirOwnSegmentOnly(double from, string next, string expected)
    {
        var committed = Turn.WithInterim("the same seg", At(1), At(2)) with { CommittedAt = At(3) };
        var going = UserTurn.Empty(2).WithFinal(next, At(from), At(5));
        Assert.Equal(expected, committed.ContinuedBy(going).Text);
        Assert.Equal(1, committed.ContinuedBy(going).Number);
    }

    [Fact]
    public void ContinuedBy_NoWordsYet_MayStillChange()
    {
        var committed = Turn.WithInterim("what tie", At(1), At(2)) with { CommittedAt = At(3) };
        var turn = committed.ContinuedBy(UserTurn.Empty(2) with { StartedAt = At(3.2) });
        Assert.Equal("what time", turn.WithFinal("what time", At(1), At(2)).Text);
    }

    private static UserTurn Turn => UserTurn.Empty(1);

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);
}
