using Agent.Pipeline.Errors;
using Agent.Pipeline.Ledger;
using Agent.Pipeline.Sessions;
using Agent.Pipeline.Sessions.Events;
using Agent.Testing;
using Microsoft.Extensions.AI;

namespace Agent.Conversations;

/// <summary>What takes the floor from the agent, what does not, and how the agent goes on.</summary>
public class InterruptionTests
{
    private readonly Screenplay _play = new();

    public InterruptionTests()
    {
        _play.Options.Turns.Interruption.EchoWarmUp = TimeSpan.Zero;
        _play.Model.Answer = asked => [new TextContent(asked.Count < 3 ? Story : "Yes?")];
        _play.User.Says("tell me a story", from: 1, to: 2);
    }

    [Theory]
    [InlineData("stop", 0.3)]
    [InlineData("Wait!", 0.3)]
    [InlineData("hold on", 0.4)]
    [InlineData("oh no no", 0.4)]
    [InlineData("okay stop", 0.45)]
    [InlineData("excuse me", 0.4)]
    [InlineData("einen Moment bitte", 0.45)]
    public void StopWord_ShorterThanTheMinimum_TakesTheFloor(string words, double seconds)
    {
        _play.User.Says(words, from: 5, to: 5 + seconds);
        _play.Play(12);
        Assert.Equal([$"user: {words}", "agent: Yes?"], _play.History.Skip(2));
        Assert.Equal(SpeechOutcome.Interrupted, _play.Turns[0].Outcome);
        Assert.InRange(_play.Room.Voice()[0].To, 5, 5.15);
    }

    [Fact]
    public void StopWord_InTheMiddleOfASentence_IsNoStopWord()
    {
        _play.Options.Turns.Interruption.MinWords = 6;
        _play.User.Says("I cannot wait to hear", from: 5, to: 6.5);
        _play.Play(20);
        Assert.Equal(2, _play.History.Count);
    }

    [Fact]
    public void StopWord_OfOnesOwn_TakesTheFloor()
    {
        _play.Options.Turns.Interruption.StopWords.Add("basta così");
        _play.User.Says("basta così", from: 5, to: 5.4);
        _play.Play(12);
        Assert.Equal("user: basta così", _play.History[2]);
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(0.9)]
    [InlineData(3)]
    public void Sound_WithoutWords_NeverTakesTheFloorHoweverLong(double seconds)
    {
        _play.User.Coughs(from: 5, to: 5 + seconds);
        _play.Play(25);
        Assert.Equal(["user: tell me a story", "agent: " + Story], _play.History);
        Assert.Equal(2, _play.Room.Voice().Count);
        Assert.Empty(_play.Of<SpeechNotUnderstood>());
    }

    [Fact]
    public void Sound_ThatTheRecogniserTakesForAnArticle_PausesTheAgentOnly()
    {
        _play.User.Says("the", from: 5, to: 5.9);
        _play.Play(25);
        Assert.Equal(["user: tell me a story", "agent: " + Story], _play.History);
    }

    [Fact]
    public void Speech_OfARecogniserWithoutInterimResults_TakesTheFloorWhenItIsUnderstood()
    {
        var play = new Screenplay();
        var recogniser = play.Recogniser;
        recogniser.ShowsInterims = false;
        play.Options.Turns.Interruption.EchoWarmUp = TimeSpan.Zero;
        play.Model.Answer = _play.Model.Answer;
        play.User.Says("tell me a story", from: 1, to: 2);
        play.User.Says("make it a short one please", from: 5, to: 6.5);
        play.Play(14);
        Assert.Equal(["user: make it a short one please", "agent: Yes?"], play.History.Skip(2));
        Assert.InRange(play.Room.Voice()[0].To, 5, 5.15);
    }

    [Fact]
    public void Speech_RecogniserDoesNotAnswer_TakesTheFloorAllTheSame()
    {
        _play.At(4.5, _ => _play.Recogniser.FinalDelay = TimeSpan.FromSeconds(60));
        _play.User.Coughs(from: 5, to: 6.5);
        _play.Play(14);
        Assert.EndsWith(" –", _play.History[1], StringComparison.Ordinal);
        Assert.Contains(_play.Turns[0].Decisions, d => d.Reason == "the user spoke, and the recogniser did not answer");
    }

    [Fact]
    public void Words_ThatComeAfterTheAgentWentOn_StillStopIt()
    {
        _play.Recogniser.ShowsInterims = false;
        _play.Options.Recogniser.AnswerTimeout = TimeSpan.FromSeconds(10);
        _play.At(4.5, _ => _play.Recogniser.FinalDelay = TimeSpan.FromSeconds(3));
        _play.User.Says("stop", from: 5, to: 5.3);
        _play.Play(16);
        Assert.Equal("user: stop", _play.History[2]);
        Assert.Equal(2, _play.Room.Voice().Count(v => v.To < 9));
        Assert.Contains(_play.Turns[0].Decisions, d => d is { Kind: DecisionKind.Resumed });
        Assert.Contains(_play.Turns[0].Decisions, d => d is { Kind: DecisionKind.Cut, Reason: "the user wants silence" });
    }

    [Fact]
    public void Words_OfTheFirstPart_BelongToTheTurnThatTheSecondPartTakes()
    {
        _play.User.Says("but", from: 5, to: 5.3);
        _play.User.Says("I wanted a poem", from: 6, to: 7);
        _play.Play(14);
        Assert.Equal("user: but I wanted a poem", _play.History[2]);
    }

    [Fact]
    public void Words_OfTwoShortParts_AreNotCountedTogether()
    {
        _play.Options.Turns.Interruption.MinWords = 3;
        _play.User.Says("but then", from: 5, to: 5.6);
        _play.User.Says("the poem", from: 6.2, to: 6.8);
        _play.Play(25);
        Assert.Equal(2, _play.History.Count);
    }

    [Fact]
    public void Resume_InTheMiddleOfAWord_SaysTheWordAgainFromItsBeginning()
    {
        _play.User.Coughs(from: 5, to: 5.2);
        _play.Play(20);
        var voice = _play.Room.Voice();
        Assert.Equal(2, voice.Count);

        // Each word is 0.3 s of sound; what was cut off a word is said again, and nothing more.
        var before = voice[0].To - voice[0].From;
        var whole = Math.Floor(before / 0.3 + 0.001) * 0.3;
        Assert.Equal(Story.Split(' ').Length * 0.3 - whole, voice[1].To - voice[1].From, 0.02);
        Assert.Equal(Story + "|", _play.AgentCaptions);
        Assert.Equal(Story.Split(' ').Length * 0.3, _play.Turns[0].Played.TotalSeconds, 0.01);
    }

    [Fact]
    public void Resume_AgainAndAgain_LosesAndRepeatsNoWord()
    {
        for (var at = 3.5; at < 12; at += 1.1)
            _play.User.Coughs(from: at, to: at + 0.15);
        _play.Play(40);
        Assert.Equal(["user: tell me a story", "agent: " + Story], _play.History);
        Assert.Equal(Story + "|", _play.AgentCaptions);
        Assert.Equal(Story.Split(' ').Length * 0.3, _play.Turns[0].Played.TotalSeconds, 0.01);
    }

    [Fact]
    public void Resume_SwitchedOff_TheVoiceGoesOnUntilTheFloorIsTaken()
    {
        _play.Options.Turns.Interruption.ResumeAfterFalseInterruption = false;
        _play.User.Coughs(from: 4, to: 4.3);
        _play.User.Says("make it short", from: 6, to: 7);
        _play.Play(14);
        var voice = _play.Room.Voice();
        Assert.Equal("user: make it short", _play.History[2]);
        Assert.InRange(voice[0].To, 6.5, 7.2);
        Assert.DoesNotContain(_play.Turns[0].Decisions, d => d.Kind is DecisionKind.Paused or DecisionKind.Resumed);
    }

    [Fact]
    public void Recogniser_LostDuringABargeIn_TheSessionComesToRest()
    {
        _play.At(5.2, _ => _play.Recogniser.Breaks(new ProviderException("scripted/recogniser", ProviderErrorKind.Connection, "The connection was lost.", isTransient: true)));
        _play.User.Says("make it a short one", from: 5, to: 6.5);
        _play.Play(30);
        Assert.Equal(SessionCloseReason.Requested, _play.Result.Reason);
        Assert.Equal(Pipeline.Turns.AgentState.Listening, _play.AgentStates.Last(s => s.At < 29.9).State);
    }

    [Fact]
    public void Protected_StopWord_DoesNotCutIt()
    {
        var play = new Screenplay();
        play.Options.Turns.Interruption.EchoWarmUp = TimeSpan.Zero;
        play.At(1, session => _ = session.Say(Story, new SpeechOptions { AllowInterruption = false }));
        play.User.Says("stop", from: 3, to: 3.4);
        play.Play(20);
        Assert.Equal(["agent: " + Story], play.History);
        Assert.Single(play.Room.Voice());
    }

    [Fact]
    public void Protected_SpeechKept_IsAnsweredAfterwards()
    {
        var play = new Screenplay();
        play.Options.Turns.Interruption.KeepSpeechOverProtected = true;
        play.At(1, session => _ = session.Say(Story, new SpeechOptions { AllowInterruption = false }));
        play.User.Says("what does that mean", from: 3, to: 4);
        play.Play(20);
        Assert.Equal(["user: what does that mean", "agent: " + Story, "agent: All right."], play.History);
        Assert.InRange(play.Room.Voice()[1].From - play.Room.Voice()[0].To, 0, 0.5);
    }
}
