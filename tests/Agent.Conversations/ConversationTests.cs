using Agent.Pipeline.Errors;
using Agent.Pipeline.History;
using Agent.Pipeline.Ledger;
using Agent.Pipeline.Rooms;
using Agent.Pipeline.Sessions;
using Agent.Pipeline.Sessions.Events;
using Agent.Pipeline.Turns;
using Agent.Testing;
using Microsoft.Extensions.AI;

namespace Agent.Conversations;

public class ConversationTests
{
    private const string Story = "Once upon a time there was a king. He had three sons and a golden apple tree. Every night one apple was missing.";

    private readonly Screenplay _play = new();

    // The user of these has no echo that a client would have to learn to cancel.
    public ConversationTests() => _play.Options.Turns.Interruption.EchoWarmUp = TimeSpan.Zero;

    [Fact]
    public void Turn_UserSpeaksAndPauses_IsAnswered()
    {
        _play.User.Says("what time is it", from: 1, to: 2);
        _play.Model.Answers("It is five past nine.");
        _play.Play(8);

        Assert.Equal(["user: what time is it", "agent: It is five past nine."], _play.History);
        Assert.Equal(
            [AgentState.Listening, AgentState.Thinking, AgentState.Speaking, AgentState.Listening, AgentState.Idle],
            _play.AgentStates.Select(s => s.State));
        var turn = Assert.Single(_play.Turns);
        Assert.Equal(SpeechOutcome.Completed, turn.Outcome);
        Assert.Equal(SpeechCause.UserTurn, turn.Cause);
        Assert.Equal(1.5, turn.Played.TotalSeconds, 0.001);
    }

    [Fact]
    public void Turn_Answered_HasALatencyWaterfallFromTheEndOfSpeech()
    {
        _play.Options.Turns.Preemptive.Enabled = false;
        _play.User.Says("what time is it", from: 1, to: 2);
        _play.Model.Answers("It is five past nine.");
        _play.Play(8);

        // Speech ends at 2.0 and is known to have after 0.25 s of silence in windows of 32 ms; the words come 0.1 s later; the turn ends at 0.5 s,
        // the model takes 0.2 s, the sentence is complete with its last token, and the synthesizer takes 0.1 s more.
        var latency = Assert.Single(_play.Turns).Latency;
        Assert.Equal(0.35, latency.TranscriptFinal!.Value.TotalSeconds, 0.06);
        Assert.Equal(0.50, latency.EndOfTurn!.Value.TotalSeconds, 0.02);
        Assert.Equal(latency.EndOfTurn.Value.TotalSeconds + 0.2, latency.FirstToken!.Value.TotalSeconds, 0.001);
        Assert.Equal(latency.FirstToken.Value.TotalSeconds + 0.1, latency.FirstClause!.Value.TotalSeconds, 0.03);
        Assert.Equal(latency.FirstClause.Value.TotalSeconds + 0.1, latency.FirstAudioByte!.Value.TotalSeconds, 0.001);
        Assert.Equal(latency.FirstAudioByte.Value.TotalSeconds, latency.FirstAudioInRoom!.Value.TotalSeconds, 0.011);
        Assert.Equal(_play.Room.Voice()[0].From, 2 + latency.FirstAudioInRoom.Value.TotalSeconds, 0.04);
    }

    [Fact]
    public void Turn_PauseShorterThanTheDelay_IsOneTurn()
    {
        _play.User.Says("I would like", from: 1, to: 1.6);
        _play.User.Says("a large pizza", from: 2.0, to: 3);
        _play.Play(8);
        Assert.Equal(["user: I would like a large pizza", "agent: All right."], _play.History);
        Assert.Single(_play.Turns);
    }

    [Fact]
    public void Turn_UserGoesOnBeforeTheAnswerIsHeard_IsOneTurnAndTheFirstAnswerLeavesNoTrace()
    {
        _play.Model.FirstToken = TimeSpan.FromSeconds(2);
        _play.User.Says("I would like a pizza", from: 1, to: 2);
        _play.User.Says("with extra cheese and olives", from: 3, to: 4.5);
        _play.Play(12);
        Assert.Equal(["user: I would like a pizza with extra cheese and olives", "agent: All right."], _play.History);
        Assert.Equal([SpeechOutcome.Cancelled, SpeechOutcome.Completed], _play.Turns.Select(t => t.Outcome));
        Assert.Single(_play.Room.Voice());
    }

    [Fact]
    public void Turn_RecogniserSlow_WaitsForTheWords()
    {
        _play.Recogniser.FinalDelay = TimeSpan.FromSeconds(1.2);
        _play.User.Says("what time is it", from: 1, to: 2);
        _play.Play(8);
        Assert.Equal(["user: what time is it", "agent: All right."], _play.History);
        Assert.InRange(_play.Turns[0].Latency.TranscriptFinal!.Value.TotalSeconds, 1.4, 1.6);
    }

    [Fact]
    public void Turn_RecogniserStalled_IsCommittedWithWhatIsThereAndTheLateWordsBelongToIt()
    {
        _play.Recogniser.FinalDelay = TimeSpan.FromSeconds(5);
        _play.User.Says("what time is it now", from: 1, to: 2);
        _play.Play(12);
        Assert.Equal(["user: what time is it now", "agent: All right."], _play.History);
        Assert.Single(_play.Model.Asked);
        Assert.InRange(_play.Turns[0].Latency.FirstAudioInRoom!.Value.TotalSeconds, 2.5, 2.8);
    }

    [Fact]
    public void Turn_NothingUnderstood_IsNotAnswered()
    {
        _play.User.Coughs(from: 1, to: 1.5);
        _play.Play(6);
        Assert.Empty(_play.History);
        Assert.Empty(_play.Model.Asked);
        Assert.Single(_play.Of<SpeechNotUnderstood>());
    }

    [Fact]
    public void Turn_RecogniserDecides_EndsWithItsDecision()
    {
        var play = new Screenplay();
        play.Recogniser.EndOfTurnAfter = TimeSpan.FromSeconds(0.3);
        play.Options.Turns.Endpointing.Mode = EndpointingMode.SpeechToText;
        play.User.Says("what time is it", from: 1, to: 2);
        play.Play(8);
        Assert.Equal(["user: what time is it", "agent: All right."], play.History);
        Assert.Equal(0.3, play.Turns[0].Latency.EndOfTurn!.Value.TotalSeconds, 0.03);
    }

    [Fact]
    public void Turn_RecogniserShouldDecideAndDoesNot_EndsAfterTheLongestDelay()
    {
        _play.Options.Turns.Endpointing.Mode = EndpointingMode.SpeechToText;
        _play.User.Says("what time is it", from: 1, to: 2);
        _play.Play(10);
        Assert.Equal(["user: what time is it", "agent: All right."], _play.History);
        Assert.Equal(3.0, _play.Turns[0].Latency.EndOfTurn!.Value.TotalSeconds, 0.05);
    }

    [Fact]
    public void Turn_PushToTalk_EndsWhenCommitted()
    {
        _play.Options.Turns.Endpointing.Mode = EndpointingMode.Manual;
        _play.User.Says("what time", from: 1, to: 2);
        _play.User.Says("is it", from: 4, to: 5);
        _play.At(6, session => session.CommitUserTurn());
        _play.Play(10);
        Assert.Equal(["user: what time is it", "agent: All right."], _play.History);
    }

    [Fact]
    public void Turn_Cleared_IsNotAnswered()
    {
        _play.Options.Turns.Endpointing.Mode = EndpointingMode.Manual;
        _play.User.Says("never mind", from: 1, to: 2);
        _play.At(3, session => session.ClearUserTurn());
        _play.At(4, session => session.CommitUserTurn());
        _play.Play(8);
        Assert.Empty(_play.History);
    }

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

    [Fact]
    public void Greeting_Set_IsSaidAsSoonAsSomebodyIsThere()
    {
        _play.Greeting = "Hello, how can I help?";
        _play.JoinsAtOnce = false;
        _play.At(3, _ => _play.Room.Join());
        _play.Play(8);
        Assert.Equal(["agent: Hello, how can I help?"], _play.History);
        Assert.Equal(3.1, _play.Room.Voice()[0].From, 0.02);
        Assert.Equal(SpeechCause.Greeting, _play.Turns[0].Cause);
    }

    [Fact]
    public void Say_Awaited_CompletesWithItsOutcome()
    {
        var outcomes = new List<SpeechOutcome>();
        _play.At(1, async session => outcomes.Add(await session.Say("Good morning.")));
        _play.At(3, async session => outcomes.Add(await session.Say(Story)));
        _play.At(5, session => session.Interrupt());
        _play.Play(8);
        Assert.Equal([SpeechOutcome.Completed, SpeechOutcome.Interrupted], outcomes);
    }

    [Fact]
    public void Say_SeveralAtOnce_ArePlayedByPriorityAndThenByAge()
    {
        _play.At(1, session =>
        {
            _ = session.Say("First of all.");
            _ = session.Say("Low one.", new SpeechOptions { Priority = 0 });
            _ = session.Say("Normal one.");
            _ = session.Say("High one.", new SpeechOptions { Priority = 10 });
        });
        _play.Play(15);
        Assert.Equal(["agent: First of all.", "agent: High one.", "agent: Normal one.", "agent: Low one."], _play.History);
    }

    [Fact]
    public void Say_WhileTheUserSpeaks_WaitsForTheFloor()
    {
        _play.User.Says("let me finish my sentence", from: 1, to: 3);
        _play.At(2, session => _ = session.Say("By the way."));
        _play.Play(10);
        Assert.Equal(["user: let me finish my sentence", "agent: By the way.", "agent: All right."], _play.History);
        Assert.True(_play.Room.Voice()[0].From > 3);
    }

    [Fact]
    public void Say_NotForTheHistory_IsHeardOnly()
    {
        _play.At(1, session => _ = session.Say("One moment.", new SpeechOptions { AddToHistory = false }));
        _play.Play(5);
        Assert.Empty(_play.History);
        Assert.Equal("One moment.|", _play.AgentCaptions);
    }

    [Fact]
    public void GenerateReply_WithInstructions_TellsTheModel()
    {
        _play.At(1, session => _ = session.GenerateReply("Ask for the name."));
        _play.Model.Answers("What is your name?");
        _play.Play(6);
        Assert.Equal(["agent: What is your name?"], _play.History);
        Assert.Equal("Ask for the name.", Assert.Single(_play.Model.Asked)[^1].Text);
        Assert.Equal(SpeechCause.Requested, _play.Turns[0].Cause);
    }

    [Fact]
    public void TypedText_WhileTheAgentSpeaks_CutsAndIsAnswered()
    {
        _play.Model.Answers(Story);
        _play.At(1, _ => _play.Room.Raise(new TextReceived(ScriptedRoom.UserIdentity, "tell me a story")));
        _play.At(4, _ => _play.Room.Raise(new TextReceived(ScriptedRoom.UserIdentity, "enough")));
        _play.Play(8);
        Assert.Equal("user: tell me a story", _play.History[0]);
        Assert.EndsWith(" –", _play.History[1], StringComparison.Ordinal);
        Assert.Equal("user: enough", _play.History[2]);
        Assert.All(_play.Turns, t => Assert.Equal(SpeechCause.TypedText, t.Cause));
    }

    [Fact]
    public void TypedText_FromSomebodyElse_IsNotForTheAgent()
    {
        _play.At(1, _ => _play.Room.Raise(new TextReceived("somebody else", "hello")));
        _play.Play(4);
        Assert.Empty(_play.History);
    }

    [Fact]
    public void Tool_Called_ItsResultReachesTheModelAndTheHistory()
    {
        _play.Tools.Add(AIFunctionFactory.Create((string city) => $"sunny in {city}", "weather"));
        _play.Model.Answer = messages => messages.Any(m => m.Role == ChatRole.Tool)
            ? [new TextContent("It is sunny.")]
            : [new FunctionCallContent("call-1", "weather", new Dictionary<string, object?> { ["city"] = "Rome" })];
        _play.User.Says("how is the weather in rome", from: 1, to: 2);
        _play.Play(8);
        Assert.Equal(["user: how is the weather in rome", "tool: weather = sunny in Rome", "agent: It is sunny."], _play.History);
    }

    [Fact]
    public void Tool_Throws_TheModelIsToldAndTheSessionGoesOn()
    {
        _play.Tools.Add(AIFunctionFactory.Create(string () => throw new InvalidOperationException("no network"), "weather"));
        _play.Model.Answer = messages => messages.Any(m => m.Role == ChatRole.Tool)
            ? [new TextContent("I cannot see it.")]
            : [new FunctionCallContent("call-1", "weather")];
        _play.User.Says("how is the weather", from: 1, to: 2);
        _play.Play(8);
        Assert.Equal("agent: I cannot see it.", _play.History[^1]);
        Assert.True(Assert.Single(_play.Result.History.OfType<ToolCall>()).IsError);
        Assert.Equal(SessionStage.Tool, Assert.Single(_play.Of<ProviderFailed>()).Stage);
    }

    [Fact]
    public void Tool_CalledForEver_StopsAfterTheLimit()
    {
        _play.Tools.Add(AIFunctionFactory.Create(() => "again", "loop"));
        var call = 0;
        _play.Model.Answer = _ => [new FunctionCallContent($"call-{++call}", "loop")];
        _play.User.Says("go", from: 1, to: 2);
        _play.Play(10);
        Assert.Equal(4, _play.Model.Asked.Count);
        Assert.Equal(3, _play.Result.History.OfType<ToolCall>().Count());
        Assert.Equal(ChatToolMode.None, _play.Model.Options[^1]!.ToolMode);
        Assert.Equal(AgentState.Listening, _play.AgentStates.SkipLast(1).Last().State);
    }

    [Fact]
    public void Tool_RunningWhenInterrupted_ItsResultIsKept()
    {
        _play.Tools.Add(AIFunctionFactory.Create(
            async () =>
            {
                await Task.Delay(TimeSpan.FromSeconds(3), _play.Time, CancellationToken.None);
                return "booked";
            },
            "book"));
        _play.Model.Answer = messages => messages.Any(m => m.Role == ChatRole.Tool) || messages.Count > 2
            ? [new TextContent("Yes?")]
            : [new FunctionCallContent("call-1", "book")];
        _play.User.Says("book a table", from: 1, to: 2);
        _play.User.Says("no wait a moment please", from: 3.5, to: 5);
        _play.Play(12);
        Assert.Contains("tool: book = booked", _play.History);
    }

    [Fact]
    public void Model_FailsOnce_TheNextTurnIsAnswered()
    {
        var calls = 0;
        _play.Options.Turns.Preemptive.Enabled = false;
        _play.Model.Answer = _ => ++calls == 1 ? throw new HttpRequestException("no route") : [new TextContent("Here I am.")];
        _play.User.Says("hello", from: 1, to: 2);
        _play.User.Says("are you there", from: 5, to: 6);
        _play.Play(12);
        Assert.Equal(["user: hello", "user: are you there", "agent: Here I am."], _play.History);
        Assert.Equal([SpeechOutcome.Failed, SpeechOutcome.Completed], _play.Turns.Select(t => t.Outcome));
        Assert.Equal(SessionStage.LanguageModel, Assert.Single(_play.Of<ProviderFailed>()).Stage);
    }

    [Fact]
    public void Model_FailsThreeTimesInARow_EndsTheSession()
    {
        _play.Model.Answer = _ => throw new HttpRequestException("no route");
        for (var i = 0; i < 5; i++)
            _play.User.Says("hello", from: 1 + 4 * i, to: 2 + 4 * i);
        _play.Play(30);
        Assert.Equal(SessionCloseReason.Failed, _play.Result.Reason);
        Assert.IsType<HttpRequestException>(_play.Result.Error);
        Assert.Equal(3, _play.Of<ProviderFailed>().Count());
    }

    [Fact]
    public void Synthesizer_Fails_TheAgentListensAgain()
    {
        _play.Synthesizer.Error = new ProviderException("scripted", ProviderErrorKind.Connection, "gone", isTransient: true);
        _play.User.Says("hello", from: 1, to: 2);
        _play.Play(6);
        Assert.Equal(["user: hello"], _play.History);
        Assert.Equal(AgentState.Listening, _play.AgentStates.SkipLast(1).Last().State);
        Assert.Equal(SessionStage.TextToSpeech, Assert.Single(_play.Of<ProviderFailed>()).Stage);
        Assert.Equal(SpeechOutcome.Failed, Assert.Single(_play.Turns).Outcome);
    }

    [Fact]
    public void Recogniser_RefusesOnce_IsOpenedAgainAndHearsWhatWasSaidMeanwhile()
    {
        _play.Recogniser.OpenErrors.Enqueue(new ProviderException("scripted", ProviderErrorKind.Connection, "refused", isTransient: true));
        _play.User.Says("hello there", from: 0.3, to: 1);
        _play.Play(6);
        Assert.Equal("user: hello there", _play.History[0]);
        Assert.Equal(1, _play.Recogniser.Opened);
    }

    [Fact]
    public void Recogniser_RefusesForEver_EndsTheSession()
    {
        for (var i = 0; i < 5; i++)
            _play.Recogniser.OpenErrors.Enqueue(new ProviderException("scripted", ProviderErrorKind.Authentication, "wrong key"));
        _play.Play(30);
        Assert.Equal(SessionCloseReason.Failed, _play.Result.Reason);
        Assert.Equal(ProviderErrorKind.Authentication, Assert.IsType<ProviderException>(_play.Result.Error).Kind);
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

    [Fact]
    public void User_SilentForLong_IsAwayUntilHeardAgain()
    {
        _play.User.Says("hello", from: 20, to: 21);
        _play.Play(25);
        var states = _play.Of<UserStateChanged>().Select(e => (e.State, e.At.TotalSeconds)).ToList();
        Assert.Equal(UserState.Away, states[0].State);
        Assert.Equal(15, states[0].TotalSeconds, 0.1);
        Assert.Equal(UserState.Speaking, states[1].State);
        Assert.Equal(UserState.Listening, states[2].State);
    }

    [Fact]
    public void Audio_StopsInTheMiddleOfSpeech_TheTurnEnds()
    {
        _play.User.Says("this sentence is never going to", from: 1, to: 5);
        _play.At(3, _ => _play.Room.StopsInput = true);
        _play.Play(12);
        Assert.StartsWith("user: this sentence", _play.History[0], StringComparison.Ordinal);
        Assert.Equal("agent: All right.", _play.History[1]);
    }

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

    [Fact]
    public void Play_Twice_TakesTheSameCourse()
    {
        Assert.Equal(Trace(), Trace());

        static string Trace()
        {
            var play = new Screenplay();
            play.Model.Answers(Story);
            play.User.Says("tell me a story", from: 1, to: 2);
            play.User.Coughs(from: 4, to: 4.2);
            play.User.Says("now stop it please", from: 6, to: 7.3);
            play.Play(15);
            return string.Join('\n', play.Events.Select(e => e.ToString())) + string.Join('\n', play.Room.Frames);
        }
    }
}
