using Agent.Pipeline.EndOfTurn;
using Agent.Pipeline.History;
using Agent.Testing;

namespace Agent.Conversations;

/// <summary>People dictate with pauses and think aloud; the library's own text detector listens.</summary>
public sealed class DictationTests
{
    private readonly Screenplay _play = new() { TurnDetector = new TextTurnDetector() };

    private IEnumerable<string> UserTurns => _play.Result.History.OfType<UserMessage>().Select(message => message.Text);

    [Fact]
    public void PhoneNumber_InGroupsWithPauses_IsOneTurn()
    {
        _play.Greeting = "What is your phone number?";
        _play.User.Says("five five five", from: 4, to: 5);
        _play.User.Says("one two three", from: 6.2, to: 7);
        _play.User.Says("four five six seven", from: 8.2, to: 9.5);
        _play.Play(14);
        Assert.Equal(["five five five one two three four five six seven"], UserTurns);
        Assert.Equal(2, _play.Room.Voice().Count);
    }

    [Fact]
    public void Email_PausesAtTheDots_IsOneTurn()
    {
        _play.Greeting = "What is your email address?";
        _play.User.Says("ada at", from: 4, to: 5);
        _play.User.Says("example dot", from: 6, to: 7);
        _play.User.Says("com", from: 8, to: 8.4);
        _play.Play(13);
        Assert.Equal(["ada at example dot com"], UserTurns);
    }

    [Fact]
    public void Sentence_ThatBreaksOff_IsWaitedFor()
    {
        _play.User.Says("I would like to book a table for", from: 1, to: 3);
        _play.User.Says("um", from: 4, to: 4.3);
        _play.User.Says("six people on Friday", from: 5.5, to: 7);
        _play.Play(12);
        Assert.Equal(["I would like to book a table for um six people on Friday"], UserTurns);
    }

    [Fact]
    public void Question_Complete_IsAnsweredSoon()
    {
        _play.User.Says("what time do you open tomorrow", from: 1, to: 3);
        _play.Play(7);
        Assert.InRange(_play.Turns[0].Latency.EndOfTurn!.Value.TotalSeconds, 0.29, 0.45);
    }

    [Fact]
    public void ShortAnswer_ToAQuestion_IsAnsweredSoon()
    {
        _play.Greeting = "How many people will you be?";
        _play.User.Says("five", from: 5, to: 5.4);
        _play.Play(9);
        Assert.Equal(["five"], UserTurns);
        Assert.InRange(_play.Turns[1].Latency.EndOfTurn!.Value.TotalSeconds, 0.29, 0.45);
    }
}
