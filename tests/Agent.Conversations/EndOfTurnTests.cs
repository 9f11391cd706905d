using Agent.Pipeline.Errors;
using Agent.Pipeline.History;
using Agent.Pipeline.Ledger;
using Agent.Pipeline.Sessions.Events;
using Agent.Pipeline.Speech;
using Agent.Pipeline.Turns;
using Agent.Testing;

namespace Agent.Conversations;

/// <summary>When the user's turn has ended, by silence and by the recogniser.</summary>
public sealed class EndOfTurnTests
{
    private readonly Screenplay _play = new();

    private EndpointingOptions Endpointing => _play.Options.Turns.Endpointing;

    [Theory]
    [InlineData(0.5)]
    [InlineData(1.2)]
    public void Silence_AnyDelay_CountsFromTheLastSpeech(double delay)
    {
        Endpointing.MinDelay = TimeSpan.FromSeconds(delay);
        _play.User.Says("what time is it", from: 1, to: 2);
        _play.Play(8);
        Assert.Equal(delay, EndOfTurn(0), 0.06);
    }

    [Fact]
    public void Silence_ShorterThanTheVoiceIsMissed_EndsAsSoonAsItIsNoticed()
    {
        Endpointing.MinDelay = TimeSpan.Zero;
        _play.User.Says("what time is it", from: 1, to: 2);
        _play.Play(6);
        Assert.InRange(EndOfTurn(0), 0.25, 0.4);
    }

    [Fact]
    public void Options_ShortestDelayAboveTheLongest_AreRefused()
    {
        Endpointing.MinDelay = TimeSpan.FromSeconds(2);
        Endpointing.MaxDelay = TimeSpan.FromSeconds(1);
        var error = Assert.Throws<ConfigurationException>(() => _play.Play(1));
        Assert.Contains("00:00:02", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Dynamic_UserWhoPausesLong_IsNotCutOffAgainAndAgain()
    {
        Assert.True(CutOffs(dynamic: true) < CutOffs(dynamic: false) / 2, $"{CutOffs(dynamic: true)} of {CutOffs(dynamic: false)}");

        static int CutOffs(bool dynamic)
        {
            var play = new Screenplay();
            play.Options.Turns.Endpointing.Dynamic = dynamic;
            play.Options.Turns.Endpointing.DynamicInertia = 0.5;
            play.Model.FirstToken = TimeSpan.FromSeconds(1);
            for (var i = 0; i < 8; i++)
            {
                play.User.Says("I would like to", from: 1 + (i * 10), to: 2 + (i * 10));
                play.User.Says("order a pizza", from: 2.8 + (i * 10), to: 3.8 + (i * 10));
            }

            play.Play(85);
            return play.Turns.SelectMany(turn => turn.Decisions).Count(decision => decision.Reason == "the user took the floor");
        }
    }

    [Fact]
    public void Dynamic_UserWhoPausesLong_IsAnsweredNoLaterThanTheLongestDelay()
    {
        Endpointing.Dynamic = true;
        Endpointing.DynamicInertia = 0;
        Endpointing.MaxDelay = TimeSpan.FromSeconds(0.7);
        _play.Model.FirstToken = TimeSpan.FromSeconds(1);
        _play.User.Says("I would like to", from: 1, to: 2);
        _play.User.Says("order a pizza", from: 2.68, to: 4);
        _play.User.Says("thank you", from: 10, to: 11);
        _play.Play(16);
        Assert.InRange(EndOfTurn(_play.Turns.Count - 1), 0.6, 0.76);
    }

    [Fact]
    public void RecogniserDecides_EndOfTurnComes_EndsAtOnce()
    {
        Endpointing.Mode = EndpointingMode.SpeechToText;
        _play.Recogniser.EndOfTurnAfter = TimeSpan.FromSeconds(0.4);
        _play.User.Says("what time is it", from: 1, to: 2);
        _play.Play(6);
        Assert.Equal(0.4, EndOfTurn(0), 0.03);
    }

    [Fact]
    public void RecogniserDecides_DelayIsGiven_IsNotAddedToTheRecognisersOwn()
    {
        Endpointing.Mode = EndpointingMode.SpeechToText;
        Endpointing.MinDelay = TimeSpan.FromSeconds(0.6);
        _play.Recogniser.EndOfTurnAfter = TimeSpan.FromSeconds(0.4);
        _play.User.Says("what time is it", from: 1, to: 2);
        _play.Play(6);
        Assert.Equal(0.6, EndOfTurn(0), 0.06);
    }

    [Fact]
    public void RecogniserDecides_UserPausesWithoutItsSaying_IsOneTurn()
    {
        Endpointing.Mode = EndpointingMode.SpeechToText;
        _play.User.Says("my number is", from: 1, to: 2);
        _play.User.Says("four two", from: 4, to: 5);
        _play.Recogniser.Reports(TranscriptKind.Final, "my number is", from: 1, to: 2, at: 2.2);
        _play.Recogniser.Reports(TranscriptKind.Final, "four two", from: 4, to: 5, at: 5.3);
        _play.Recogniser.Reports(TranscriptKind.EndOfTurn, "", from: 1, to: 5, at: 5.4);
        _play.Recogniser.Understands = false;
        _play.Play(9);
        Assert.Equal(["user: my number is four two", "agent: All right."], _play.History);
    }

    [Fact]
    public void RecogniserDecides_UserGoesOnWithoutAPause_InterruptsTheAnswer()
    {
        Endpointing.Mode = EndpointingMode.SpeechToText;
        _play.Recogniser.Understands = false;
        _play.Model.FirstToken = TimeSpan.FromSeconds(0.5);
        _play.User.Says("what time is it I mean in Tokyo", from: 1, to: 5);
        _play.Recogniser.Reports(TranscriptKind.Final, "what time is it", from: 1, to: 2.8, at: 2.9);
        _play.Recogniser.Reports(TranscriptKind.EndOfTurn, "", from: 1, to: 2.8, at: 2.9);
        _play.Recogniser.Reports(TranscriptKind.Final, "I mean in Tokyo", from: 3, to: 5, at: 5.1);
        _play.Recogniser.Reports(TranscriptKind.EndOfTurn, "", from: 3, to: 5, at: 5.1);
        _play.Play(10);
        Assert.Equal("agent: All right.", _play.History[^1]);
        Assert.Equal("what time is it I mean in Tokyo", string.Join(' ', _play.Result.History.OfType<UserMessage>().Select(message => message.Text)));
        var voice = Assert.Single(_play.Room.Voice());
        Assert.True(voice.From >= 5, $"the agent talked over the user at {voice.From}");
    }

    [Fact]
    public void RecogniserDecides_UserPausesAndItsConnectionIsLost_EndsAfterTheLongestDelay()
    {
        Endpointing.Mode = EndpointingMode.SpeechToText;
        _play.Recogniser.Answers = false;
        _play.User.Says("what time is it", from: 1, to: 2);
        _play.Play(12);
        Assert.Equal(["user: what time is it", "agent: All right."], _play.History);
        Assert.Equal(3.0, EndOfTurn(0), 0.05);
    }

    [Fact]
    public void RecogniserDecides_BeforeTheEndOfTheVoiceIsNoticed_IsAnsweredOnceAndNotPaused()
    {
        Endpointing.Mode = EndpointingMode.SpeechToText;
        _play.Recogniser.EndOfTurnAfter = TimeSpan.FromSeconds(0.02);
        _play.Model.FirstToken = TimeSpan.FromSeconds(0.05);
        _play.User.Says("what time is it", from: 1, to: 2);
        _play.Play(6);
        Assert.Equal(["user: what time is it", "agent: All right."], _play.History);
        Assert.DoesNotContain(_play.Turns[0].Decisions, decision => decision.Kind == DecisionKind.Paused);
        Assert.Empty(_play.Of<SpeechNotUnderstood>());
    }

    [Fact]
    public void RecogniserDecides_OverTheAgent_EndsTheTurnThatTookTheFloor()
    {
        Endpointing.Mode = EndpointingMode.SpeechToText;
        _play.Recogniser.EndOfTurnAfter = TimeSpan.FromSeconds(0.3);
        _play.Greeting = string.Join(' ', Enumerable.Repeat("blah", 40));
        _play.User.Says("please stop that now", from: 5, to: 6.5);
        _play.Play(12);
        Assert.Equal(["user: please stop that now", "agent: All right."], _play.History.TakeLast(2));
        Assert.Equal(0.3, EndOfTurn(1), 0.05);
    }

    [Fact]
    public void VoiceIsNotNoticed_WordsCome_AreATurn()
    {
        _play.Recogniser.Reports(TranscriptKind.Interim, "what time", from: 1, to: 1.5, at: 1.6);
        _play.Recogniser.Reports(TranscriptKind.Interim, "what time is it", from: 1, to: 2, at: 2.1);
        _play.Recogniser.Reports(TranscriptKind.Interim, "what time is it in Tokyo", from: 1, to: 2.6, at: 2.5);
        _play.Recogniser.Reports(TranscriptKind.Final, "what time is it in Tokyo now", from: 1, to: 3, at: 3.1);
        _play.Play(8);
        Assert.Equal(["user: what time is it in Tokyo now", "agent: All right."], _play.History);
        Assert.Equal(0.5, EndOfTurn(0), 0.06);
    }

    private double EndOfTurn(int turn) => _play.Turns[turn].Latency.EndOfTurn!.Value.TotalSeconds;
}
