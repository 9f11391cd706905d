using Agent.Pipeline.Errors;
using Agent.Pipeline.History;
using Agent.Pipeline.Ledger;
using Agent.Pipeline.Sessions.Events;
using Agent.Pipeline.Turns;
using Agent.Testing;
using Microsoft.Extensions.AI;

namespace Agent.Conversations;

/// <summary>What people complain about most in voice agents, and what this one therefore never does.</summary>
public class ComplaintTests
{
    private readonly Screenplay _play = new();

    public ComplaintTests()
    {
        _play.Options.Turns.Interruption.EchoWarmUp = TimeSpan.Zero;
        _play.Model.Answer = asked => [new TextContent(asked.Count < 3 ? Story : "Yes?")];
        _play.User.Says("tell me a story", from: 1, to: 2);
    }

    [Fact]
    public void SpeakingButSilent_NeverForLongerThanAFrame()
    {
        for (var at = 3.2; at < 14; at += 1.3)
            _play.User.Coughs(from: at, to: at + 0.1 + (at % 0.5));
        _play.Play(40);
        var voice = _play.Room.Voice();
        var states = _play.AgentStates.ToList();
        for (var i = 0; i < states.Count; i++)
        {
            if (states[i].State != AgentState.Speaking)
                continue;
            var until = i + 1 < states.Count ? states[i + 1].At : 40;
            var silent = until - states[i].At - voice.Sum(v => Math.Max(0, Math.Min(v.To, until) - Math.Max(v.From, states[i].At)));
            Assert.InRange(silent, -0.05, 0.05);
        }
    }

    [Fact]
    public void NeverResumes_AfterAFalseInterruption_GoesOnEveryTime()
    {
        for (var at = 3.5; at < 12; at += 1.5)
            _play.User.Coughs(from: at, to: at + 0.3);
        _play.Play(40);
        Assert.Equal("agent: " + Story, _play.History[1]);
        Assert.Equal(SpeechOutcome.Completed, _play.Turns[0].Outcome);
    }

    [Fact]
    public void StaleSyllables_AfterABargeIn_NoneAreHeard()
    {
        _play.User.Says("stop", from: 5, to: 6);
        _play.Play(12);
        var voice = _play.Room.Voice();
        Assert.InRange(voice[0].To, 5, 5.11);

        // The next sound is the answer to the interruption, and not before it.
        Assert.True(voice[1].From > 6.2, $"a sound at {voice[1].From}");
        Assert.Equal(2, voice.Count);
        Assert.Equal(0.3, voice[1].To - voice[1].From, 0.02);
    }

    [Theory]
    [InlineData("mm-hm")]
    [InlineData("yeah")]
    [InlineData("")]
    public void BackchannelOrCoughOrDoor_DoesNotInterrupt(string words)
    {
        _play.User.Says(words, from: 5, to: 5.9);
        _play.Play(20);
        Assert.Equal(["user: tell me a story", "agent: " + Story], _play.History);
    }

    [Fact]
    public void MinDuration_BypassedByTheRecogniser_IsNot()
    {
        _play.Options.Turns.Interruption.MinDuration = TimeSpan.FromSeconds(1);

        // The recogniser is quick: the words are final while the voice is still heard.
        _play.Recogniser.Reports(Pipeline.Speech.TranscriptKind.Final, "what about pizza", from: 5, to: 5.6, at: 5.65);
        _play.Recogniser.Understands = false;
        _play.Recogniser.Reports(Pipeline.Speech.TranscriptKind.Final, "tell me a story", from: 1, to: 2, at: 2.2);
        _play.User.Says("what about pizza", from: 5, to: 5.6);
        _play.Play(25);
        Assert.Equal(["user: tell me a story", "agent: " + Story], _play.History);
    }

    [Fact]
    public void WordsOfSeveralFalseBargeIns_DoNotAddUp()
    {
        _play.Options.Turns.Interruption.MinWords = 3;
        _play.User.Says("nice one", from: 4, to: 4.6);
        _play.User.Says("not bad", from: 6.8, to: 7.4);
        _play.User.Says("very fine", from: 8.1, to: 8.7);
        _play.Play(30);
        Assert.Equal(["user: tell me a story", "agent: " + Story], _play.History);
    }

    [Fact]
    public void LateFinal_DoesNotSplitTheTurn()
    {
        var play = new Screenplay();
        play.Recogniser.FinalDelay = TimeSpan.FromSeconds(3.5);
        play.User.Says("I would like two tickets to Rome", from: 1, to: 3);
        play.Play(14);
        Assert.Equal(["user: I would like two tickets to Rome", "agent: All right."], play.History);
        Assert.Single(play.Turns, t => t.Outcome == SpeechOutcome.Completed);
    }

    [Fact]
    public void StalledRecogniser_DoesNotHoldTheTurnLongerThanItsLimit()
    {
        var play = new Screenplay();
        play.Recogniser.Answers = false;
        play.User.Says("I would like two tickets to Rome", from: 1, to: 3);
        play.Play(14);
        var turn = Assert.Single(play.Turns);

        // 0.5 s of silence, 2 s for the words, and the answer.
        Assert.InRange(turn.Latency.FirstAudioInRoom!.Value.TotalSeconds, 2.5, 3.2);
    }

    [Fact]
    public void RecogniserConnectionLost_TheCallGoesOn()
    {
        var play = new Screenplay();
        play.At(4, _ => play.Recogniser.Breaks(new ProviderException("scripted/recogniser", ProviderErrorKind.Connection, "The connection was lost.", isTransient: true)));
        play.User.Says("what time is it", from: 1, to: 2);
        play.User.Says("and what day", from: 6, to: 7);
        play.Play(12);
        Assert.Equal(["user: what time is it", "agent: All right.", "user: and what day", "agent: All right."], play.History);
        Assert.Single(play.Of<ProviderFailed>());
    }

    [Fact]
    public void ToolInterrupted_ItsResultIsKeptAndItDoesNotRunTwice()
    {
        var play = new Screenplay();
        play.Options.Turns.Interruption.EchoWarmUp = TimeSpan.Zero;
        var runs = 0;
        play.Tools.Add(AIFunctionFactory.Create(
            async () =>
            {
                runs++;
                await Task.Delay(TimeSpan.FromSeconds(2), play.Time);
                return "booked";
            },
            "book"));
        play.Model.Answer = asked => asked.Any(m => m.Role == ChatRole.Tool)
            ? [new TextContent("It is booked.")]
            : [new FunctionCallContent("call-1", "book")];
        play.User.Says("book a table please", from: 1, to: 2);
        play.User.Says("and make it quick", from: 3.2, to: 4.2);
        play.Play(14);
        Assert.Equal(1, runs);
        Assert.Contains("tool: book = booked", play.History);
        Assert.Contains("agent: It is booked.", play.History);
    }

    [Fact]
    public void History_HoldsWhatWasHeardAndNotWhatWasGenerated()
    {
        _play.User.Says("stop", from: 5, to: 6);
        _play.Play(12);
        var message = _play.Result.History.OfType<AgentMessage>().First();
        Assert.True(message.Interrupted);
        var heard = _play.Room.Voice()[0].To - _play.Room.Voice()[0].From;
        Assert.Equal(heard / 0.3, message.Text.Split(' ').Length, 0.6);
        Assert.Equal(message.Text, _play.AgentCaptions.Split('|')[0]);
    }

    [Fact]
    public void Latency_IsWhatAPersonHears()
    {
        _play.Play(12);
        var latency = _play.Turns[0].Latency;

        // Speech ends at 2 s; what is measured is the first sound in the room.
        Assert.Equal(_play.Room.Voice()[0].From, 2 + latency.FirstAudioInRoom!.Value.TotalSeconds, 0.04);
    }

    [Fact]
    public void Echo_OfTheAgent_DoesNotInterruptIt()
    {
        var play = new Screenplay();
        play.Model.Answers(Story);
        play.User.Says("tell me a story", from: 1, to: 2);
        play.User.Says("upon a time there", from: 3.2, to: 4.4);
        play.Play(20);
        Assert.Equal(["user: tell me a story", "agent: " + Story], play.History);
    }

    [Fact]
    public void OnlyOneParticipantIsHeard_UntilTheApplicationTurnsToAnother()
    {
        _play.At(0.2, _ => _play.Room.Join("bob"));
        _play.At(14, session => session.ListenTo("bob"));
        _play.Room.Script("bob").Says("my turn", from: 15, to: 16);
        _play.Play(20);
        Assert.Contains("user: my turn", _play.History);
    }

    [Fact]
    public void Rejoin_IsNoticed()
    {
        _play.At(12, _ => _play.Room.Leave());
        _play.At(15, _ => _play.Room.Join());
        _play.User.Says("I am back", from: 16, to: 17);
        _play.Play(22);
        Assert.Contains("user: I am back", _play.History);
    }

    [Fact]
    public void LedgerOfATurn_ComesAsTheTurnEnds()
    {
        _play.User.Says("stop", from: 5, to: 6);
        _play.Play(20);
        var ended = _play.Of<TurnEnded>().ToList();
        Assert.Equal(2, ended.Count);
        Assert.InRange(ended[0].At.TotalSeconds, 5, 6);
        Assert.InRange(ended[1].At.TotalSeconds, 6.5, 9);
    }

    [Fact]
    public void Closing_WhileTheAgentSpeaks_DoesNotHang()
    {
        _play.At(5, session => _ = session.CloseAsync());
        _play.Play(60);
        Assert.InRange(_play.Of<SessionClosed>().Single().At.TotalSeconds, 5, 5.2);
        Assert.EndsWith(" –", _play.History[1], StringComparison.Ordinal);
    }
}
