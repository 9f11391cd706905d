using Agent.Pipeline.Ledger;
using Agent.Pipeline.Sessions;
using Agent.Pipeline.Sessions.Events;
using Agent.Testing;

namespace Agent.Conversations;

/// <summary>Why the agent did what it did, told as soon as a turn is over.</summary>
public class LedgerTests
{
    private readonly Screenplay _play = new();

    private IEnumerable<Decision> All => _play.Events.SelectMany(e => e switch
    {
        TurnEnded ended => ended.Entry.Decisions,
        UserTurnUnanswered unanswered => unanswered.Decisions,
        _ => [],
    });

    [Fact]
    public void Answer_Entry_ComesAsItEndsAndHasItsReasons()
    {
        _play.User.Says("what time is it", from: 1, to: 2);
        _play.Play(30);
        var ended = Assert.Single(_play.Of<TurnEnded>());
        Assert.Equal(_play.Room.Voice()[0].To, ended.At.TotalSeconds, 0.05);
        Assert.Equal(1, ended.Entry.UserTurn);
        var decision = Assert.Single(ended.Entry.Decisions);
        Assert.Equal((DecisionKind.Spoke, 1, "reply-1"), (decision.Kind, decision.UserTurn, decision.SpeechId));
    }

    [Fact]
    public void Answer_Decision_HasTheTimerThatLedToIt()
    {
        _play.User.Says("what time is it", from: 1, to: 2);
        _play.Play(8);
        var timer = Assert.Single(All.Single().Timers);
        Assert.Equal(("Endpointing", true), (timer.Name, timer.HasFired));
        Assert.Equal(2.28, timer.StartedAt.TotalSeconds, 0.02);
        Assert.Equal(2.5, timer.DueAt.TotalSeconds, 0.02);
    }

    [Fact]
    public void Sound_ThatIsNoSpeech_IsToldAtOnceAlthoughNothingIsSaid()
    {
        _play.User.Coughs(from: 1, to: 1.5);
        _play.User.Says("hello", from: 20, to: 21);
        _play.Play(28);
        var unanswered = Assert.Single(_play.Of<UserTurnUnanswered>());
        Assert.InRange(unanswered.At.TotalSeconds, 1.5, 2.5);
        Assert.Equal("no word was understood", Assert.Single(unanswered.Decisions).Reason);
        Assert.DoesNotContain(_play.Turns[0].Decisions, d => d.Kind == DecisionKind.Ignored);
    }

    [Fact]
    public void BargeIn_PausedAndResumed_IsTheUtterancesOwn()
    {
        _play.Model.Answers("Once upon a time there was a king who had three sons and a golden apple tree in his garden.");
        _play.User.Says("tell me a story", from: 1, to: 2);
        _play.User.Coughs(from: 7, to: 7.2);
        _play.Play(20);
        var decisions = Assert.Single(_play.Turns).Decisions;
        Assert.Equal([DecisionKind.Spoke, DecisionKind.Paused, DecisionKind.Resumed], decisions.Select(d => d.Kind));
        Assert.All(decisions, d => Assert.Equal("reply-1", d.SpeechId));
        Assert.Empty(_play.Of<UserTurnUnanswered>());
    }

    [Fact]
    public void Cut_Entry_HasItsReasonAndWhatWasHeard()
    {
        _play.Model.Answers("Once upon a time there was a king who had three sons and a golden apple tree in his garden.");
        _play.User.Says("tell me a story", from: 1, to: 2);
        _play.User.Says("that is enough for today thank you", from: 7, to: 9);
        _play.Play(20);
        var cut = _play.Turns[0];
        Assert.Equal(SpeechOutcome.Interrupted, cut.Outcome);
        Assert.Equal(DecisionKind.Cut, cut.Decisions[^1].Kind);
        Assert.Equal("reply-1", cut.Decisions[^1].SpeechId);
        Assert.InRange(cut.BargeInLatency!.Value.TotalSeconds, 0.05, 0.15);
        Assert.Equal("reply-2", _play.Turns[1].Decisions[0].SpeechId);
    }

    [Fact]
    public void Turn_ClearedWhileItWaits_TellsWhyItWaited()
    {
        _play.TurnDetector = new ScriptedTurnDetector(_play.Time) { Judge = _ => 0.1 };
        _play.User.Says("I would like to", from: 1, to: 2);
        _play.At(3, session => session.ClearUserTurn());
        _play.Play(10);
        var unanswered = Assert.Single(_play.Of<UserTurnUnanswered>());
        Assert.Equal(3, unanswered.At.TotalSeconds, 0.01);
        Assert.Contains(unanswered.Decisions, d => d.Reason == "the turn seems unfinished");
        Assert.Empty(_play.Turns);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void Decisions_OfAnyConversation_AreToldOnceInOrder(int seed)
    {
        RandomConversation.Fill(_play, seed, seconds: 600);
        foreach (var i in Enumerable.Range(1, 18))
            _play.At(31.5 * i, session => _ = session.Say("By the way.", new SpeechOptions { AllowInterruption = i % 2 == 0 }));
        _play.Play(660);
        var decisions = All.ToArray();
        Assert.Equal(decisions.Length, decisions.Distinct(ReferenceEqualityComparer.Instance).Count());
        Assert.Equal(decisions.OrderBy(d => d.At).Select(d => d.At), decisions.Select(d => d.At));
        Assert.Equal(
            _play.Turns.Where(t => t.Cause == SpeechCause.UserTurn).Select(t => t.SpeechId).Order(StringComparer.Ordinal),
            decisions.Where(d => d.Reason == "the user's turn has ended").Select(d => d.SpeechId).Order(StringComparer.Ordinal));

        // Nothing that was decided is told later than half a minute, which no turn here lasts.
        Assert.All(_play.Of<UserTurnUnanswered>(), e => Assert.All(e.Decisions, d => Assert.True(e.At - d.At < TimeSpan.FromSeconds(30))));
        Assert.NotEmpty(_play.Of<UserTurnUnanswered>());
    }
}
