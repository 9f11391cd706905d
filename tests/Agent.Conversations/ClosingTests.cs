using Agent.Pipeline.Ledger;
using Agent.Pipeline.Rooms;
using Agent.Pipeline.Sessions;
using Agent.Pipeline.Sessions.Events;
using Agent.Testing;

namespace Agent.Conversations;

/// <summary>How a session ends.</summary>
public class ClosingTests
{
    private readonly Screenplay _play = new();

    // The user of these has no echo that a client would have to learn to cancel.
    public ClosingTests() => _play.Options.Turns.Interruption.EchoWarmUp = TimeSpan.Zero;

    [Fact]
    public void Close_WhileSpeaking_EndsAtOnceWithWhatWasHeard()
    {
        _play.At(1, session => _ = session.Say(Story));
        _play.At(4, session => _ = session.CloseAsync());
        _play.Play(20);
        Assert.Equal(SessionCloseReason.Requested, _play.Result.Reason);
        Assert.EndsWith(" –", Assert.Single(_play.History), StringComparison.Ordinal);
        Assert.Equal(4, _play.Of<SessionClosed>().Single().At.TotalSeconds, 0.1);
    }

    [Fact]
    public void Close_RoomThatNeverAnswers_DoesNotHang()
    {
        _play.Room.HangsOutput = true;
        _play.At(1, session => _ = session.Say(Story));
        _play.At(4, session => _ = session.CloseAsync());
        _play.Play(20);
        Assert.InRange(_play.Of<SessionClosed>().Single().At.TotalSeconds, 4, 9.1);
    }

    [Fact]
    public void Close_WithSpeechWaiting_CompletesItsHandle()
    {
        SpeechOutcome? outcome = null;
        _play.At(1, session => _ = session.Say(Story));
        _play.At(2, async session => outcome = await session.Say("Never heard."));
        _play.At(3, session => _ = session.CloseAsync());
        _play.Play(5);
        Assert.Equal(SpeechOutcome.Cancelled, outcome);
    }

    [Fact]
    public void Room_Closes_EndsTheSession()
    {
        _play.At(2, _ => _play.Room.Raise(new RoomClosed("the server went away")));
        _play.Play(60);
        Assert.Equal(SessionCloseReason.RoomClosed, _play.Result.Reason);
    }
}
