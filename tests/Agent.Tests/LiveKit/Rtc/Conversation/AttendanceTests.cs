using Agent.LiveKit.Rtc;
using Agent.LiveKit.Rtc.Conversation;
using Agent.Pipeline.Rooms;
using Agent.Tests.LiveKit.Rtc.Harness;
using Agent.Testing;

namespace Agent.Tests.LiveKit.Rtc.Conversation;

public sealed class AttendanceTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly Attendance _attendance;

    public AttendanceTests() => _attendance = new Attendance(_time, TimeSpan.FromMilliseconds(500));

    public void Dispose() => _attendance.Dispose();

    [Fact]
    public void Join_Twice_IsToldOnce()
    {
        _attendance.Join(FakeParticipants.Remote("ada"));
        _attendance.Join(FakeParticipants.Remote("ada"));
        Assert.Equal(["+ada"], Told());
    }

    [Fact]
    public void Leave_WithAReason_IsToldAtOnceAndTheVoiceEnds()
    {
        var ada = FakeParticipants.Remote("ada");
        _attendance.Join(ada);
        Assert.NotNull(_attendance.Voice("ada"));
        _attendance.Leave(ada, DisconnectReason.ClientInitiated);
        Assert.Equal(["+ada", "-ada"], Told());
        Assert.Null(_attendance.Voice("ada"));
    }

    [Fact]
    public void Leave_WithoutAReason_IsToldAfterTheGrace()
    {
        var ada = FakeParticipants.Remote("ada");
        _attendance.Join(ada);
        _attendance.Leave(ada, DisconnectReason.Unknown);
        Assert.Equal(["+ada"], Told());
        Assert.True(_time.TryFireNext(TimeSpan.FromMilliseconds(500)));
        Assert.Equal(["-ada"], Told());
    }

    [Fact]
    public void Leave_InOurOwnReconnect_IsNotToldOfWhoComesBack()
    {
        var (ada, bob) = (FakeParticipants.Remote("ada"), FakeParticipants.Remote("bob"));
        _attendance.Join(ada);
        _attendance.Join(bob);
        var voice = _attendance.Voice("ada");
        _attendance.Leave(ada, DisconnectReason.Unknown);
        _attendance.Leave(bob, DisconnectReason.Unknown);
        _attendance.OnReconnecting();
        Assert.False(_time.TryFireNext(TimeSpan.FromSeconds(20)));
        _attendance.Join(FakeParticipants.Remote("ada"));
        _attendance.OnReconnected();
        Assert.Equal(["+ada", "+bob"], Told());
        Assert.True(_time.TryFireNext(TimeSpan.FromSeconds(30)));
        Assert.Equal(["-bob"], Told());
        Assert.Same(voice, _attendance.Voice("ada"));
    }

    [Fact]
    public void Close_IsTheLastEvent()
    {
        _attendance.Join(FakeParticipants.Remote("ada"));
        _attendance.Close("RoomDeleted");
        _attendance.Close("again");
        _attendance.Say("ada", "too late");
        _attendance.Join(FakeParticipants.Remote("bob"));
        Assert.Equal(["+ada", "closed RoomDeleted"], Told());
        Assert.True(_attendance.Events.Completion.IsCompleted);
    }

    private List<string> Told()
    {
        var told = new List<string>();
        while (_attendance.Events.TryRead(out var what))
        {
            told.Add(what switch
            {
                ParticipantJoined joined => "+" + joined.Participant.Identity,
                ParticipantLeft left => "-" + left.Identity,
                TextReceived text => text.Identity + ": " + text.Text,
                RoomClosed closed => "closed " + closed.Reason,
                _ => what.ToString(),
            });
        }

        return told;
    }
}
