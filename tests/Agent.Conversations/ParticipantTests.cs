using Agent.Pipeline.History;
using Agent.Pipeline.Rooms;
using Agent.Pipeline.Sessions;
using Agent.Pipeline.Sessions.Events;
using Agent.Testing;
using Microsoft.Extensions.AI;

namespace Agent.Conversations;

public class ParticipantTests
{
    private readonly Screenplay _play = new();

    [Fact]
    public void Link_SecondPersonTalks_IsNotListenedTo()
    {
        _play.At(0.5, _ => _play.Room.Join("bob"));
        _play.Room.Script("bob").Says("what about me", from: 4, to: 5);
        _play.User.Says("what time is it", from: 1, to: 2);
        _play.Play(10);
        Assert.Equal(["user: what time is it", "agent: All right."], _play.History);
    }

    [Fact]
    public void Link_ByKind_TakesTheFirstOfTheKind()
    {
        _play.Options.ParticipantKinds.Add(ParticipantKind.Phone);
        _play.At(0.5, _ => _play.Room.Join("caller", ParticipantKind.Phone));
        _play.User.Says("I am only the supervisor", from: 1, to: 2);
        _play.Room.Script("caller").Says("hello is anybody there", from: 4, to: 5);
        _play.Play(10);
        Assert.Equal(["user: hello is anybody there", "agent: All right."], _play.History);
        Assert.Equal("caller", Assert.Single(_play.Result.History.OfType<UserMessage>()).ParticipantIdentity);
    }

    [Fact]
    public void ListenTo_SomebodyElseInTheRoom_HearsThemAtOnce()
    {
        _play.At(0.2, _ => _play.Room.Join("bob"));
        _play.User.Says("what time is it", from: 1, to: 2);
        _play.At(5, session => session.ListenTo("bob"));
        _play.Room.Script("bob").Says("and what day is it", from: 6, to: 7);
        _play.User.Says("I am not heard any more", from: 8.5, to: 9.5);
        _play.Play(14);
        Assert.Equal(["user: what time is it", "agent: All right.", "user: and what day is it", "agent: All right."], _play.History);
        Assert.Equal([ScriptedRoom.UserIdentity, "bob"], _play.Result.History.OfType<UserMessage>().Select(m => m.ParticipantIdentity));
        Assert.Equal([ScriptedRoom.UserIdentity, "bob"], _play.Of<ParticipantLinked>().Select(e => e.Participant?.Identity));
    }

    [Fact]
    public void ListenTo_SomebodyNotThereYet_GoesOnWithTheOneUntilTheOtherJoins()
    {
        _play.At(0.5, session => session.ListenTo("bob"));
        _play.User.Says("what time is it", from: 1, to: 2);
        _play.At(5, _ => _play.Room.Join("bob"));
        _play.Room.Script("bob").Says("hello", from: 6, to: 7);
        _play.Play(12);
        Assert.Equal(["user: what time is it", "agent: All right.", "user: hello", "agent: All right."], _play.History);
    }

    [Fact]
    public void ListenTo_WhileTheAgentSpeaks_DoesNotCutIt()
    {
        _play.At(0.2, _ => _play.Room.Join("bob"));
        _play.Model.Answers(Story);
        _play.User.Says("tell us a story", from: 1, to: 2);
        _play.At(5, session => session.ListenTo("bob"));
        _play.Play(20);
        Assert.Equal(["user: tell us a story", "agent: " + Story], _play.History);
        Assert.Single(_play.Room.Voice());
    }

    [Fact]
    public void ListenTo_InTheMiddleOfABargeIn_LetsTheAgentGoOn()
    {
        _play.At(0.2, _ => _play.Room.Join("bob"));
        _play.Model.Answers(Story);
        _play.User.Says("tell us a story", from: 1, to: 2);
        _play.User.Says("but", from: 6, to: 9);
        _play.At(6.3, session => session.ListenTo("bob"));
        _play.Play(25);
        Assert.Equal(["user: tell us a story", "agent: " + Story], _play.History);
        Assert.Equal(2, _play.Room.Voice().Count);
    }

    [Fact]
    public void ListenTo_TurnThatHadEnded_IsAnswered()
    {
        _play.At(0.2, _ => _play.Room.Join("bob"));
        _play.Recogniser.FinalDelay = TimeSpan.FromSeconds(1.5);
        _play.User.Says("what time is it now", from: 1, to: 2);
        _play.At(2.6, session => session.ListenTo("bob"));
        _play.Play(10);

        // The last result was still to come; what had been understood so far is the turn.
        Assert.Equal(["user: what time is it now", "agent: All right."], _play.History);
    }

    [Fact]
    public void ListenTo_Null_GoesBackToTheRule()
    {
        _play.At(0.2, _ => _play.Room.Join("bob"));
        _play.At(0.5, session => session.ListenTo("bob"));
        _play.At(5, session => session.ListenTo(null));
        _play.Room.Script("bob").Says("what time is it", from: 1, to: 2);
        _play.Room.Script("bob").Says("and what day is it", from: 6, to: 7);
        _play.Play(12);

        // Bob fits the rule as well as the first to join does: nobody is dropped without need.
        Assert.Equal("bob", _play.Of<ParticipantLinked>().Last().Participant?.Identity);
        Assert.Equal(2, _play.Result.History.OfType<UserMessage>().Count());
    }

    [Fact]
    public void ListenTo_ChosenOneLeavesForGood_GoesOnWithWhoIsThere()
    {
        _play.Options.RejoinTimeout = TimeSpan.FromSeconds(2);
        _play.At(0.2, _ => _play.Room.Join("bob"));
        _play.At(0.5, session => session.ListenTo("bob"));
        _play.At(1, session => session.ListenTo(null));
        _play.At(3, _ => _play.Room.Leave("bob"));
        _play.User.Says("is it my turn now", from: 6, to: 7);
        _play.Play(12);
        Assert.Equal(["user: is it my turn now", "agent: All right."], _play.History);
    }

    [Fact]
    public void Rejoin_UnderTheSameIdentity_GoesOnWithTheHistory()
    {
        _play.User.Says("my name is Ada", from: 1, to: 2);
        _play.At(5, _ => _play.Room.Leave());
        _play.At(9, _ => _play.Room.Join());
        _play.User.Says("what is my name", from: 11, to: 12);
        _play.Play(16);
        Assert.Equal(SessionCloseReason.Requested, _play.Result.Reason);
        Assert.Equal(["user: my name is Ada", "agent: All right.", "user: what is my name", "agent: All right."], _play.History);
        Assert.Contains(_play.Model.Asked.Last(), m => m.Role == ChatRole.User && m.Text == "my name is Ada");
    }

    [Fact]
    public void Rejoin_WhileTheirTurnWasBeingAnswered_TheAgentFallsSilentAndListens()
    {
        _play.Model.Answers(Story);
        _play.User.Says("tell me a story", from: 1, to: 2);
        _play.At(5, _ => _play.Room.Leave());
        _play.At(7, _ => _play.Room.Join());
        _play.User.Says("go on", from: 9, to: 10);
        _play.Play(14);
        Assert.EndsWith(" –", _play.History[1], StringComparison.Ordinal);
        Assert.Equal("user: go on", _play.History[2]);
    }

    [Fact]
    public void Participant_LeavesAndComesBack_GoesOn()
    {
        _play.Options.RejoinTimeout = TimeSpan.FromSeconds(5);
        _play.At(3, _ => _play.Room.Raise(new ParticipantLeft(ScriptedRoom.UserIdentity)));
        _play.At(6, _ => _play.Room.Join());
        _play.User.Says("here I am again", from: 7, to: 8);
        _play.Play(12);
        Assert.Equal(["user: here I am again", "agent: All right."], _play.History);
        Assert.Equal([ScriptedRoom.UserIdentity, null, ScriptedRoom.UserIdentity], _play.Of<ParticipantLinked>().Take(3).Select(e => e.Participant?.Identity));
    }

    [Fact]
    public void Participant_LeavesForGood_EndsTheSession()
    {
        _play.Options.RejoinTimeout = TimeSpan.FromSeconds(5);
        _play.At(3, _ => _play.Room.Raise(new ParticipantLeft(ScriptedRoom.UserIdentity)));
        _play.Play(60);
        Assert.Equal(SessionCloseReason.ParticipantLeft, _play.Result.Reason);
        Assert.Equal(8, _play.Of<SessionClosed>().Single().At.TotalSeconds, 0.1);
    }

    [Fact]
    public void Participant_AnotherAgent_IsNotListenedTo()
    {
        _play.JoinsAtOnce = false;
        _play.At(1, _ => _play.Room.Join("robot", ParticipantKind.Agent));
        _play.At(2, _ => _play.Room.Join("caller", ParticipantKind.Phone));
        _play.Play(4);
        Assert.Equal("caller", _play.Of<ParticipantLinked>().First().Participant!.Identity);
    }

    [Fact]
    public void Participant_ByIdentity_IsWaitedFor()
    {
        _play.JoinsAtOnce = false;
        _play.Options.ParticipantIdentity = "the boss";
        _play.At(1, _ => _play.Room.Join("somebody"));
        _play.At(2, _ => _play.Room.Join("the boss"));
        _play.Play(4);
        Assert.Equal("the boss", _play.Of<ParticipantLinked>().First().Participant!.Identity);
    }
}
