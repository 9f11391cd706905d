using Agent.Providers.Deepgram.Listening;

namespace Agent.Tests.Providers.Deepgram;

public sealed class FlushLedgerTests
{
    private const int Second = 16_000;

    private readonly FlushLedger _ledger = new(Second);

    [Fact]
    public void Add_NothingSentSinceTheLastAnswer_NeedsNoQuestion()
    {
        Assert.False(_ledger.Add(0, sentAt: 1));
        Assert.True(_ledger.Add(Second, sentAt: 2));
        Assert.Equal(1, _ledger.Answer(TimeSpan.FromSeconds(1)));
        Assert.False(_ledger.Add(Second, sentAt: 3));
        Assert.True(_ledger.Add(2 * Second, sentAt: 4));
    }

    [Fact]
    public void Answer_OfSeveralAtOnce_AnswersThoseItReaches()
    {
        _ledger.Add(Second, sentAt: 1);
        _ledger.Add(2 * Second, sentAt: 2);
        _ledger.Add(9 * Second, sentAt: 3);

        Assert.Equal(2, _ledger.Answer(TimeSpan.FromSeconds(2)));
        Assert.Equal(3, _ledger.OldestSentAt);
    }

    [Fact]
    public void Answer_WithoutAPlace_AnswersOne()
    {
        _ledger.Add(Second, sentAt: 1);
        _ledger.Add(2 * Second, sentAt: 2);

        Assert.Equal(1, _ledger.Answer(end: null));
        Assert.Equal(1, _ledger.Answer(end: null));
        Assert.Equal(0, _ledger.Answer(end: null));
    }

    [Fact]
    public void Answer_ToOneThatWasGivenUp_DoesNotCountForTheNext()
    {
        _ledger.Add(Second, sentAt: 1);
        _ledger.GiveUp();
        _ledger.Add(9 * Second, sentAt: 2);

        Assert.Equal(0, _ledger.Answer(TimeSpan.FromSeconds(1)));
        Assert.Equal(1, _ledger.Answer(TimeSpan.FromSeconds(8.8)));
    }
}
