using Agent.Pipeline.Ledger;
using Agent.Pipeline.Sessions;
using Agent.Pipeline.Sessions.Events;
using Agent.Pipeline.Turns;
using Agent.Testing;
using Microsoft.Extensions.AI;

namespace Agent.Conversations;

/// <summary>The user speaks over the agent.</summary>
public class BargeInTests
{
    private readonly Screenplay _play = new();

    // The user of these has no echo that a client would have to learn to cancel.
    public BargeInTests() => _play.Options.Turns.Interruption.EchoWarmUp = TimeSpan.Zero;

    [Fact]
    public void BargeIn_LongEnough_PausesAtOnceAndCutsHistoryAtWhatWasHeard()
    {
        _play.Model.Answer = messages => [new TextContent(messages.Count < 3 ? Story : "Yes?")];
        _play.User.Says("tell me a story", from: 1, to: 2);
        _play.User.Says("stop please stop", from: 5, to: 6);
        _play.Play(12);

        var voice = _play.Room.Voice();
        Assert.Equal(2, voice.Count);
        Assert.InRange(voice[0].To, 5.0, 5.15);
        Assert.Equal(1, _play.Room.Clears);
        Assert.Equal(4, _play.History.Count);
        var heard = _play.History[1]["agent: ".Length..^" –".Length];
        Assert.StartsWith(heard, Story, StringComparison.Ordinal);
        var seconds = voice[0].To - voice[0].From;
        Assert.Equal(seconds / 0.3, heard.Split(' ').Length, 1.0);
        Assert.Equal(["user: stop please stop", "agent: Yes?"], _play.History.Skip(2));
        Assert.Equal(SpeechOutcome.Interrupted, _play.Turns[0].Outcome);
        Assert.InRange(_play.Turns[0].BargeInLatency!.Value.TotalSeconds, 0.05, 0.15);
        Assert.Equal(heard + "|Yes?|", _play.AgentCaptions);
    }

    [Fact]
    public void BargeIn_Cough_ResumesWithoutLosingAWord()
    {
        _play.Model.Answers(Story);
        _play.User.Says("tell me a story", from: 1, to: 2);
        _play.User.Coughs(from: 5, to: 5.2);
        _play.Play(20);

        Assert.Equal(["user: tell me a story", "agent: " + Story], _play.History);
        var voice = _play.Room.Voice();
        Assert.Equal(2, voice.Count);
        Assert.InRange(voice[0].To, 5.0, 5.15);

        // The recogniser says after 0.25 s of silence and 0.1 s that there was nothing: no need to wait for the time-out.
        Assert.InRange(voice[1].From, 5.5, 5.65);
        // The word that was cut is said again from its beginning.
        Assert.InRange(voice.Sum(v => v.To - v.From), Story.Split(' ').Length * 0.3, (Story.Split(' ').Length + 1) * 0.3);
        Assert.Equal(SpeechOutcome.Completed, _play.Turns[0].Outcome);
        Assert.Null(_play.Turns[0].BargeInLatency);
        Assert.Equal([DecisionKind.Spoke, DecisionKind.Paused, DecisionKind.Resumed], _play.Turns[0].Decisions.Select(d => d.Kind));
    }

    [Fact]
    public void BargeIn_OverTheVeryLastSound_FindsNothingToPause()
    {
        _play.Model.Answers("It is five past nine.");
        _play.User.Says("what time is it", from: 1, to: 2);
        _play.Play(10);
        var end = _play.Room.Voice()[0].To;

        // Somewhere in here voice activity tells of speech while the room plays the last frame, which cannot be taken back.
        for (var later = 0.0; later < 0.1; later += 0.004)
        {
            var play = new Screenplay();
            play.Model.Answers("It is five past nine.");
            play.Model.FirstToken += TimeSpan.FromSeconds(later);
            play.User.Says("what time is it", from: 1, to: 2);
            play.User.Coughs(from: end, to: end + 0.3);
            play.Play(10);
            Assert.Equal(["user: what time is it", "agent: It is five past nine."], play.History);
            foreach (var (at, _) in play.AgentStates.Where(s => s.State == AgentState.Speaking))
                Assert.Contains(play.Room.Voice(), v => v.From < at + 0.05 && v.To > at);
        }
    }

    [Fact]
    public void BargeIn_ShortWord_ResumesAfterTheTimeout()
    {
        _play.Model.Answers(Story);
        _play.User.Says("tell me a story", from: 1, to: 2);
        _play.User.Says("pizza", from: 5, to: 5.3);
        _play.Play(20);
        Assert.Equal(["user: tell me a story", "agent: " + Story], _play.History);
        Assert.InRange(_play.Room.Voice()[1].From, 7.25, 7.4);
        Assert.DoesNotContain(_play.AgentStates, s => s.State == AgentState.Speaking && s.At > 5.2 && s.At < 7.2);
    }

    [Fact]
    public void BargeIn_SeveralShortOnes_DoNotAddUp()
    {
        _play.Options.Turns.Interruption.MinWords = 3;
        _play.Model.Answers(Story);
        _play.User.Says("tell me a story", from: 1, to: 2);
        _play.User.Says("oh really", from: 4, to: 4.8);
        _play.User.Says("no way", from: 7.5, to: 8.3);
        _play.User.Says("wow nice", from: 8.9, to: 9.7);
        _play.Play(30);
        Assert.Equal(["user: tell me a story", "agent: " + Story], _play.History);
        Assert.DoesNotContain(_play.Turns, t => t.Outcome == SpeechOutcome.Interrupted);
    }

    [Fact]
    public void BargeIn_EnoughWords_CutsAsTheyAreUnderstood()
    {
        _play.Options.Turns.Interruption.MinWords = 3;
        _play.Model.Answers(Story);
        _play.User.Says("tell me a story", from: 1, to: 2);
        _play.User.Says("please be quiet now", from: 5, to: 7);
        _play.Play(20);
        Assert.Equal("user: please be quiet now", _play.History[2]);
        var cut = _play.Of<TurnEnded>().First();
        Assert.InRange(cut.At.TotalSeconds, 6.4, 6.7);
    }

    [Fact]
    public void BargeIn_ProtectedUtterance_IsNotHeard()
    {
        _play.At(1, session => _ = session.Say(Story, new SpeechOptions { AllowInterruption = false }));
        _play.User.Says("stop it now please", from: 3, to: 4.5);
        _play.Play(20);
        Assert.Equal(["agent: " + Story], _play.History);
        Assert.Single(_play.Room.Voice());
    }

    [Fact]
    public void BargeIn_GoesOnAfterAProtectedUtterance_IsATurn()
    {
        _play.At(1, session => _ = session.Say("Please hold the line.", new SpeechOptions { AllowInterruption = false }));
        _play.User.Says("I do not want to hold", from: 2.5, to: 4);
        _play.Play(10);
        Assert.Equal(["agent: Please hold the line.", "user: I do not want to hold", "agent: All right."], _play.History);
    }

    [Fact]
    public void BargeIn_Disabled_IsNotHeard()
    {
        _play.Options.Turns.Interruption.Enabled = false;
        _play.Model.Answers(Story);
        _play.User.Says("tell me a story", from: 1, to: 2);
        _play.User.Says("stop stop stop", from: 5, to: 6);
        _play.Play(20);
        Assert.Equal(["user: tell me a story", "agent: " + Story], _play.History);
    }

    [Fact]
    public void BargeIn_Repeated_EachTurnIsCutAndAnswered()
    {
        _play.Model.Answers(Story);
        for (var i = 0; i < 5; i++)
            _play.User.Says($"question number {i}", from: 2 + 5 * i, to: 3 + 5 * i);
        _play.Play(40);
        Assert.Equal(5, _play.Turns.Count);
        Assert.All(_play.Turns.Take(4), t => Assert.Equal(SpeechOutcome.Interrupted, t.Outcome));
        Assert.Equal(10, _play.History.Count);
        Assert.Equal(5, _play.Room.Voice().Count);
    }
}
