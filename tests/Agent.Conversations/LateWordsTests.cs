using Agent.Pipeline.Errors;
using Agent.Pipeline.Sessions.Events;
using Agent.Pipeline.Speech;
using Agent.Testing;

namespace Agent.Conversations;

/// <summary>Words that come late, change, or never come.</summary>
public sealed class LateWordsTests
{
    private const string Story = "Once upon a time there was a king who had three daughters and a very small horse.";

    private readonly Screenplay _play = new();

    public LateWordsTests() => _play.Recogniser.Understands = false;

    [Fact]
    public void Recogniser_Stalls_HoldsTheTurnNoLongerThanItsLimit()
    {
        _play.Recogniser.Answers = false;
        _play.User.Says("what time is it", from: 1, to: 2);
        _play.Recogniser.Reports(TranscriptKind.Interim, "what time is it", from: 1, to: 2, at: 2.1);
        _play.Play(8);
        Assert.Equal(["user: what time is it", "agent: All right."], _play.History);
        var thinking = _play.AgentStates.First(state => state.State == Agent.Pipeline.Turns.AgentState.Thinking).At;
        Assert.Equal(2.5, thinking, 0.06);
        Assert.InRange(_play.Room.Voice()[0].From, 4.5, 5.0);
    }

    [Fact]
    public void Recogniser_LateAnswerOfOneTurn_IsNotTakenForThatOfTheNext()
    {
        _play.Recogniser.Understands = true;
        _play.Recogniser.ShowsInterims = false;
        _play.Options.Recogniser.AnswerTimeout = TimeSpan.FromSeconds(10);
        _play.Recogniser.FinalDelay = TimeSpan.FromSeconds(2.8);
        _play.User.Coughs(from: 1, to: 1.5);
        _play.At(4.3, _ => _play.Recogniser.FinalDelay = TimeSpan.FromSeconds(1));
        _play.User.Says("what time is it", from: 4.05, to: 4.25);
        _play.Play(9);
        Assert.Equal(["user: what time is it", "agent: All right."], _play.History);
        Assert.Single(_play.Turns);
        Assert.Single(_play.Of<SpeechNotUnderstood>());
    }

    [Fact]
    public void Recogniser_ConnectionIsLostWhileItOwesWords_IsAskedAgainOverTheNext()
    {
        _play.Recogniser.Answers = false;
        _play.User.Says("what time is it", from: 1, to: 2);
        _play.Recogniser.Reports(TranscriptKind.Interim, "what time is it", from: 1, to: 2, at: 2.1);
        _play.At(2.7, _ =>
        {
            _play.Recogniser.Answers = true;
            _play.Recogniser.Understands = true;
            _play.Recogniser.Breaks(new ProviderException("scripted/recogniser", ProviderErrorKind.Connection, "gone", isTransient: true));
        });
        _play.Play(8);
        Assert.Equal(["user: what time is it", "agent: All right."], _play.History);
        Assert.InRange(_play.Room.Voice()[0].From, 2.7, 3.5);
        Assert.NotNull(Assert.Single(_play.Turns).Latency.TranscriptFinal);
    }

    [Fact]
    public void Words_ComeBeforeTheAnswerIsHeard_AreAnsweredTogether()
    {
        _play.Model.FirstToken = TimeSpan.FromSeconds(1);
        _play.User.Says("what time is it in Tokyo", from: 1, to: 2);
        _play.Recogniser.Reports(TranscriptKind.Final, "what time is it", from: 1, to: 1.6, at: 2.2);
        _play.Recogniser.Reports(TranscriptKind.Final, "in Tokyo", from: 1.6, to: 2, at: 3);
        _play.Play(9);
        Assert.Equal(["user: what time is it in Tokyo", "agent: All right."], _play.History);
        Assert.EndsWith("in Tokyo", _play.Model.Asked[^1][^1].Text, StringComparison.Ordinal);
        Assert.Single(_play.Room.Voice());
    }

    [Fact]
    public void Words_ComeWhenTheAnswerHasJustBegun_StartItAgain()
    {
        _play.Model.Answers(Story);
        _play.User.Says("tell me a story but a short one", from: 1, to: 2);
        _play.Recogniser.Reports(TranscriptKind.Final, "tell me a story", from: 1, to: 1.6, at: 2.2);
        _play.Recogniser.Reports(TranscriptKind.Final, "but a short one", from: 1.6, to: 2, at: 3.4);
        _play.Play(14);
        Assert.Equal(2, _play.Room.Voice().Count);
        Assert.Equal("user: tell me a story but a short one", _play.History[0]);
        Assert.Equal($"agent: {Story}", _play.History[^1]);
    }

    [Fact]
    public void Words_ComeLongAfterTheAnswerBegan_OnlyEnterTheHistory()
    {
        _play.Model.Answers(Story);
        _play.User.Says("tell me a story but a short one", from: 1, to: 2);
        _play.Recogniser.Reports(TranscriptKind.Final, "tell me a story", from: 1, to: 1.6, at: 2.2);
        _play.Recogniser.Reports(TranscriptKind.Final, "but a short one", from: 1.6, to: 2, at: 5);
        _play.Play(14);
        Assert.Equal(["user: tell me a story but a short one", $"agent: {Story}"], _play.History);
        Assert.Single(_play.Room.Voice());
    }

    [Fact]
    public void Words_ComeInTheirLastVersion_DoNotStartTheAnswerAgain()
    {
        _play.Model.FirstToken = TimeSpan.FromSeconds(1);
        _play.Recogniser.Answers = false;
        _play.User.Says("what time is it", from: 1, to: 2);
        _play.Recogniser.Reports(TranscriptKind.Interim, "what time is it", from: 1, to: 2, at: 2.1);
        _play.Recogniser.Reports(TranscriptKind.Final, "What time is it?", from: 1, to: 2, at: 4.8);
        _play.Play(9);
        Assert.Equal(["user: What time is it?", "agent: All right."], _play.History);
        Assert.Single(_play.Model.Asked);
    }

    [Fact]
    public void Words_ComeAfterTheirTurnWasGivenUp_AreAnsweredAllTheSame()
    {
        _play.Recogniser.Answers = false;
        _play.User.Says("what time is it", from: 1, to: 2);
        _play.Recogniser.Reports(TranscriptKind.Final, "what time is it", from: 1, to: 2, at: 5.5);
        _play.Play(9);
        Assert.Single(_play.Of<SpeechNotUnderstood>());
        Assert.Equal(["user: what time is it", "agent: All right."], _play.History);
    }

    [Fact]
    public void Words_NeverBecomeFinal_AreAnsweredAsTheyAre()
    {
        _play.User.Says("what time is it", from: 1, to: 2);
        _play.Recogniser.Reports(TranscriptKind.Interim, "what time is it", from: 1, to: 2, at: 2);
        _play.Play(6);
        Assert.Equal(["user: what time is it", "agent: All right."], _play.History);
    }

    [Fact]
    public void Words_NeverBecomeFinalAndTheNextDo_AreNotLost()
    {
        _play.Recogniser.Answers = false;
        _play.User.Says("what time is it in Tokyo", from: 1, to: 3);
        _play.Recogniser.Reports(TranscriptKind.Interim, "what time is it", from: 1, to: 1.8, at: 1.9);
        _play.Recogniser.Reports(TranscriptKind.Interim, "in Tok", from: 2.2, to: 2.7, at: 2.7);
        _play.Recogniser.Reports(TranscriptKind.Final, "in Tokyo", from: 2.2, to: 3, at: 3.2);
        _play.Play(9);
        Assert.Equal(["user: what time is it in Tokyo", "agent: All right."], _play.History);
    }

    [Fact]
    public void Words_NoneAreUnderstood_IsTold()
    {
        _play.User.Says("mumble", from: 1, to: 2);
        _play.Play(6);
        var missed = Assert.Single(_play.Of<SpeechNotUnderstood>());
        Assert.Equal(1.0, missed.SpokenAt.TotalSeconds, 0.1);
        Assert.Empty(_play.History);
    }
}
