using Agent.Pipeline.Errors;
using Agent.Pipeline.History;
using Agent.Pipeline.Ledger;
using Agent.Pipeline.Sessions.Events;
using Agent.Pipeline.Turns;
using Agent.Testing;
using Microsoft.Extensions.AI;

namespace Agent.Conversations;

/// <summary>Conversations with a speech-to-speech model in the place of recogniser, language model and synthesizer.</summary>
public class RealtimeTests
{
    private readonly Screenplay _play = new() { Options = { Turns = { Interruption = { EchoWarmUp = TimeSpan.Zero } } } };
    private readonly ScriptedRealtimeModel _model;

    public RealtimeTests() => _model = _play.UseRealtime();

    [Fact]
    public void Turn_ModelEndsIt_IsAnsweredAndBothSidesEnterTheHistoryInOrder()
    {
        _model.When("time", "It is ten past nine.");
        _play.User.Says("what time is it", 1, 2);
        _play.Play(8);
        Assert.Equal(["user: what time is it", "agent: It is ten past nine."], _play.History);
        Assert.Equal("It is ten past nine.|", _play.AgentCaptions);
        Assert.Equal("what time is it", Assert.Single(_play.Of<UserTranscribed>()).Caption.Text);
        var turn = Assert.Single(_play.Turns);
        Assert.Equal((SpeechCause.UserTurn, SpeechOutcome.Completed), (turn.Cause, turn.Outcome));
        Assert.InRange(turn.Latency.FirstAudioInRoom!.Value.TotalSeconds, 0.7, 1.0);
        Assert.Empty(_model.Truncated);
    }

    [Fact]
    public void Transcript_AfterTheAnswerWasHeard_StandsBeforeItInTheHistory()
    {
        _model.TranscriptDelay = TimeSpan.FromSeconds(3);
        _play.User.Says("hello there", 1, 2);
        _play.Play(8);
        Assert.Equal(["user: hello there", "agent: All right."], _play.History);
    }

    [Fact]
    public void BargeIn_UserGoesOn_IsCutWhereItWasHeard()
    {
        _model.When("story", "Once upon a time there was a king who had three sons and no horse.");
        _model.When("stop", "Sorry.");
        _play.User.Says("tell me a story", 1, 2);
        _play.User.Says("please stop it now", 4, 5.2);
        _play.Play(10);
        Assert.Equal(SpeechOutcome.Interrupted, _play.Turns[0].Outcome);
        var heard = Assert.Single(_model.Truncated).Heard;
        Assert.Equal(_play.Turns[0].Played.TotalSeconds, heard.TotalSeconds, 0.02);
        Assert.InRange(heard.TotalSeconds, 1, 1.6);
        Assert.StartsWith("agent: Once upon a time", _play.History[1], StringComparison.Ordinal);
        Assert.EndsWith("–", _play.History[1], StringComparison.Ordinal);
        Assert.Equal(["user: please stop it now", "agent: Sorry."], _play.History.Skip(2));

        // The voice is silent within a few frames of the detector's onset, not when the cut is decided.
        Assert.InRange(_play.Room.Voice().First(v => v.To > 3.5).To, 4, 4.3);
    }

    [Fact]
    public void BargeIn_WhileTheAnswerIsMade_CancelsIt()
    {
        _model.EachWordTakes = TimeSpan.FromMilliseconds(300);
        _model.When("story", "Once upon a time there was a king who had three sons and no horse.");
        _play.User.Says("tell me a story", 1, 2);
        _play.User.Says("no something else", 4, 5.2);
        _play.Play(9);
        Assert.Equal("reply-1/1", Assert.Single(_model.Cancelled));
        Assert.Single(_model.Truncated);
    }

    [Fact]
    public void BargeIn_ACough_GoesOnAndTheModelForgetsIt()
    {
        _model.When("story", "Once upon a time there was a king who had three sons and no horse.");
        _play.User.Says("tell me a story", 1, 2);
        _play.User.Coughs(4, 4.2);
        _play.Play(14);
        Assert.Equal(SpeechOutcome.Completed, Assert.Single(_play.Turns).Outcome);
        Assert.Empty(_model.Truncated);
        Assert.Empty(_model.Cancelled);
        Assert.Single(_model.Removed);
        Assert.Equal("agent: Once upon a time there was a king who had three sons and no horse.", _play.History[^1]);
    }

    [Theory]
    [InlineData(EndpointingMode.VoiceActivity)]
    [InlineData(EndpointingMode.Manual)]
    public void Turn_SessionEndsIt_ModelHearsThatTurnOnly(EndpointingMode mode)
    {
        _play.Options.Turns.Endpointing.Mode = mode;
        _play.User.Says("the first thing", 3, 4);
        _play.User.Says("the second thing", 8, 9);
        if (mode == EndpointingMode.Manual)
        {
            _play.At(2.9, s => s.StartUserTurn());
            _play.At(4.5, s => s.CommitUserTurn());
            _play.At(7.9, s => s.StartUserTurn());
            _play.At(9.5, s => s.CommitUserTurn());
        }

        _play.Play(13);
        Assert.Equal(["the first thing", "the second thing"], _model.Heard);
        Assert.Equal(["user: the first thing", "agent: All right.", "user: the second thing", "agent: All right."], _play.History);
    }

    [Fact]
    public void Turn_ModelHasStalled_IsEndedByTheSession()
    {
        _model.EndsTurns = false;
        _play.User.Says("are you there", 1, 2);
        _play.Play(15);
        Assert.Equal(["user: are you there", "agent: All right."], _play.History);
        Assert.InRange(_play.Room.Voice()[0].From, 10, 10.7);
    }

    [Fact]
    public void Tool_ModelCallsIt_RunsOnceAndTheAnswerFollows()
    {
        var calls = new List<string>();
        _play.Tools.Add(AIFunctionFactory.Create((string city) =>
        {
            calls.Add(city);
            return $"rain in {city}";
        }, "weather"));
        _model.When("weather", "weather", """{"city":"Bern"}""", "It rains in Bern.");
        _play.User.Says("how is the weather", 1, 2);
        _play.Play(8);
        Assert.Equal("Bern", Assert.Single(calls));
        Assert.Equal("rain in Bern", Assert.Single(_model.ToolResults).Value);
        Assert.Equal(["user: how is the weather", "tool: weather = rain in Bern", "agent: It rains in Bern."], _play.History);
        Assert.Equal(["weather"], _model.Setups[0].Tools.Select(tool => tool.Name));
    }

    [Fact]
    public void Say_WithoutSynthesizer_IsSaidByTheModel()
    {
        _play.Greeting = "Good morning.";
        _play.At(4, s => _ = s.Say("Your table is ready."));
        _play.Play(8);
        Assert.Equal(["Good morning.", "Your table is ready."], _model.Requests.Select(request => request.Text));
        Assert.Equal(["agent: Good morning.", "agent: Your table is ready."], _play.History);
    }

    [Fact]
    public void Say_WithSynthesizer_IsSaidByItAndTheModelKnows()
    {
        _play.Cast(agent => agent with { TextToSpeech = _play.Synthesizer });
        _play.At(1, s => _ = s.Say("Your table is ready."));
        _play.Play(5);
        Assert.Empty(_model.Requests);
        Assert.Equal("Your table is ready.", Assert.IsType<AgentMessage>(Assert.Single(_model.Added)).Text);
    }

    [Fact]
    public void Typed_IsKnownToTheModelAndAnswered()
    {
        _model.When("menu", "Here it is.");
        _play.At(1, _ => _play.Room.Type("show me the menu"));
        _play.Play(5);
        Assert.Equal(["user: show me the menu", "agent: Here it is."], _play.History);
    }

    [Fact]
    public void GenerateReply_WithInstructions_AsksForThatAnswer()
    {
        _play.At(1, s => _ = s.GenerateReply("Ask for the name."));
        _play.Play(5);
        Assert.Equal("Ask for the name.", Assert.Single(_model.Requests).Instructions);
        Assert.Equal(["agent: All right."], _play.History);
    }

    [Fact]
    public void Connection_LostBetweenTurns_NextIsToldWhatWasSaid()
    {
        _play.User.Says("my name is Ann", 1, 2);
        _play.At(5, _ => _model.Breaks(Lost()));
        _play.User.Says("who am I", 7, 8);
        _play.Play(11);
        Assert.Equal(2, _model.Setups.Count);
        Assert.Equal(["my name is Ann", "All right."], _model.Setups[1].History.Select(Text));
        Assert.Equal(["my name is Ann", "who am I"], _model.Heard);
        Assert.Equal(4, _play.History.Count);
    }

    [Fact]
    public void Connection_LostWhileTheUserSpeaks_NextHearsTheTurnFromItsBeginning()
    {
        _play.User.Says("a rather long sentence of mine", 1, 4);
        _play.At(2.5, _ => _model.Breaks(Lost()));
        _play.Play(8);
        Assert.Equal("a rather long sentence of mine", Assert.Single(_model.Heard));
        Assert.Equal(["user: a rather long sentence of mine", "agent: All right."], _play.History);
    }

    [Fact]
    public void Connection_LostBeforeTheAnswer_NextHearsTheTurnAgainAndAnswersIt()
    {
        _model.FirstByte = TimeSpan.FromSeconds(1);
        _play.User.Says("what about me", 1, 2);
        _play.At(2.7, _ => _model.Breaks(Lost()));
        _play.Play(8);
        Assert.Equal(["user: what about me", "agent: All right."], _play.History);
        Assert.Equal(SpeechOutcome.Completed, Assert.Single(_play.Turns).Outcome);
    }

    [Fact]
    public void Connection_LostInTheAnswer_EndsItWithWhatWasHeard()
    {
        _model.EachWordTakes = TimeSpan.FromMilliseconds(300);
        _model.When("story", "Once upon a time there was a king who had three sons.");
        _play.User.Says("tell me a story", 1, 2);
        _play.At(4.1, _ => _model.Breaks(Lost()));
        _play.Play(9);
        Assert.Equal(SpeechOutcome.Failed, Assert.Single(_play.Turns).Outcome);
        Assert.StartsWith("agent: Once upon", _play.History[1], StringComparison.Ordinal);
        Assert.DoesNotContain("sons", _play.History[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Connection_RefusedForAWhile_AnAnswerThatIsWantedIsWorthATryAtOnce()
    {
        for (var i = 0; i < 3; i++)
            _model.OpenErrors.Enqueue(Lost());
        _play.Options.MaxFailuresInARow = 10;

        // Refused at 0, 0.1 and 0.6 s; the next try by itself would be at 2.6 s.
        _play.User.Says("are you there", 0.8, 1.2);
        _play.Play(6);
        Assert.Equal(["user: are you there", "agent: All right."], _play.History);
        Assert.InRange(_play.Room.Voice()[0].From, 1.9, 2.4);
    }

    [Fact]
    public void Connection_RefusedAgainAndAgain_EndsTheSession()
    {
        for (var i = 0; i < 5; i++)
            _model.OpenErrors.Enqueue(new ProviderException(_model.Name, ProviderErrorKind.Authentication, "The key is wrong."));
        _play.Play(20);
        Assert.Equal(Agent.Pipeline.Sessions.SessionCloseReason.Failed, _play.Result.Reason);
        Assert.Equal("The key is wrong.", _play.Result.Error?.Message);
    }

    private static string Text(HistoryItem item) => item switch
    {
        UserMessage m => m.Text,
        AgentMessage m => m.Text,
        _ => "",
    };

    private static ProviderException Lost() => new("scripted/realtime", ProviderErrorKind.Connection, "The connection was lost.", isTransient: true);
}
