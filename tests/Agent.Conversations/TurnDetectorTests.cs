using Agent.Pipeline.Errors;
using Agent.Pipeline.History;
using Agent.Pipeline.Sessions;
using Agent.Pipeline.Sessions.Events;
using Agent.Pipeline.Speech;
using Agent.Pipeline.Turns;
using Agent.Testing;

namespace Agent.Conversations;

/// <summary>A detector judges what the user has said at each pause: how long may it be before the turn has ended?</summary>
public sealed class TurnDetectorTests
{
    private readonly Screenplay _play = new();
    private readonly ScriptedTurnDetector _detector;

    public TurnDetectorTests()
    {
        _detector = new ScriptedTurnDetector(_play.Time);
        _play.TurnDetector = _detector;
    }

    [Fact]
    public void Turn_SeemsFinished_EndsSoonerThanBySilenceAlone()
    {
        _play.User.Says("what time is it", from: 1, to: 2);
        _play.Play(6);
        Assert.Equal(["user: what time is it", "agent: All right."], _play.History);
        Assert.InRange(EndOfTurn(0), 0.29, 0.45);
    }

    [Fact]
    public void Turn_SeemsUnfinished_WaitsForTheLongestDelay()
    {
        _detector.HoldsUnfinished("I would like to");
        _play.User.Says("I would like to", from: 1, to: 2);
        _play.Play(8);
        Assert.InRange(EndOfTurn(0), 2.45, 2.6);
    }

    [Fact]
    public void Turn_NumberDictatedWithPauses_IsOneTurn()
    {
        _detector.Judge = question => question.Text.Split(' ').Length >= 10 ? 0.95 : 0.05;
        _play.User.Says("five five five", from: 1, to: 2);
        _play.User.Says("one two three", from: 3, to: 4);
        _play.User.Says("four five six seven", from: 5.5, to: 7);
        _play.Play(11);
        Assert.Equal(["user: five five five one two three four five six seven", "agent: All right."], _play.History);
        Assert.InRange(EndOfTurn(0), 0.29, 0.45);
        Assert.Single(_play.Turns);
    }

    [Fact]
    public void Turn_SameNumberWithoutADetector_IsCutShort()
    {
        _play.TurnDetector = null;
        _play.User.Says("five five five", from: 1, to: 2);
        _play.User.Says("one two three", from: 4, to: 5);
        _play.Play(9);
        Assert.Equal(2, _play.Result.History.OfType<UserMessage>().Count());
    }

    [Fact]
    public void Turn_UnfinishedAndGoesOn_DropsWhatTheDetectorSaid()
    {
        _detector.HoldsUnfinished("my name is");
        _play.User.Says("my name is", from: 1, to: 2);
        _play.User.Says("Ada", from: 3.5, to: 4);
        _play.Play(8);
        Assert.Equal(["user: my name is Ada", "agent: All right."], _play.History);
        Assert.Equal(["my name is", "my name is Ada"], _detector.Asked.Select(question => question.Text).Distinct());
        Assert.InRange(EndOfTurn(0), 0.29, 0.45);
    }

    [Fact]
    public void Turn_SpeechResumesBeforeTheAnswer_CancelsTheQuestion()
    {
        _detector.Delay = TimeSpan.FromSeconds(0.8);
        _play.User.Says("my name is", from: 1, to: 2);
        _play.User.Says("Ada", from: 2.6, to: 3);
        _play.Play(8);
        Assert.Equal(["user: my name is Ada", "agent: All right."], _play.History);
        Assert.True(_detector.Dropped >= 1, "the question about the first pause was left to run");
    }

    [Fact]
    public void Turn_WordsChangeAfterTheQuestion_IsAskedAgain()
    {
        _detector.HoldsUnfinished("for");
        _play.Recogniser.FinalDelay = TimeSpan.FromSeconds(0.4);
        _play.Recogniser.Understands = false;
        _play.User.Says("book a table for", from: 1, to: 2);
        _play.Recogniser.Reports(TranscriptKind.Interim, "book a table", from: 1, to: 1.9, at: 1.9);
        _play.Recogniser.Reports(TranscriptKind.Final, "book a table for", from: 1, to: 2, at: 2.6);
        _play.Play(8);
        Assert.Equal(["book a table", "book a table for"], _detector.Asked.Select(question => question.Text));
        Assert.InRange(EndOfTurn(0), 2.45, 2.6);
    }

    [Fact]
    public void Turn_RecogniserIsSlow_WaitsForTheWordsToJudge()
    {
        _detector.HoldsUnfinished("I want");
        _play.Recogniser.ShowsInterims = false;
        _play.Recogniser.FinalDelay = TimeSpan.FromSeconds(1);
        _play.User.Says("I want", from: 1, to: 2);
        _play.User.Says("a pizza", from: 4, to: 4.5);
        _play.Play(10);
        Assert.Equal(["user: I want a pizza", "agent: All right."], _play.History);
    }

    [Fact]
    public void Turn_DetectorHasNoOpinion_EndsByPlainSilence()
    {
        _detector.Judge = _ => null;
        _play.User.Says("was ist das", from: 1, to: 2);
        _play.Play(6);
        Assert.InRange(EndOfTurn(0), 0.49, 0.6);
    }

    [Fact]
    public void Turn_DetectorDoesNotAnswer_EndsWithoutIt()
    {
        _detector.Delay = TimeSpan.FromSeconds(30);
        _play.User.Says("what time is it", from: 1, to: 2);
        _play.Play(8);
        Assert.Equal(["user: what time is it", "agent: All right."], _play.History);
        Assert.InRange(EndOfTurn(0), 1.2, 1.5);
        Assert.Equal(_detector.Asked.Count, _detector.Dropped);
        Assert.Contains(_play.Turns[0].Decisions, decision => decision.Reason == "the turn detector did not answer in time");
    }

    [Fact]
    public void Turn_DetectorFailsEveryTime_IsToldAndDoesNotEndTheCall()
    {
        _detector.Judge = _ => throw new InvalidOperationException("no model");
        for (var i = 0; i < 5; i++)
            _play.User.Says("what time is it", from: 1 + (i * 5), to: 2 + (i * 5));
        _play.Play(28);
        Assert.Equal(5, _play.Turns.Count);
        Assert.Equal(SessionCloseReason.Requested, _play.Result.Reason);
        Assert.All(_play.Of<ProviderFailed>(), failure => Assert.Equal(SessionStage.TurnDetector, failure.Stage));
        Assert.InRange(EndOfTurn(0), 0.49, 0.6);
    }

    [Fact]
    public void Turn_DetectorGivesNonsense_CountsAsFailed()
    {
        _detector.Judge = _ => double.NaN;
        _play.User.Says("what time is it", from: 1, to: 2);
        _play.Play(6);
        var failure = Assert.Single(_play.Of<ProviderFailed>().DistinctBy(f => f.Stage));
        Assert.Contains("between 0 and 1", failure.Error.Message, StringComparison.Ordinal);
        Assert.Equal(["user: what time is it", "agent: All right."], _play.History);
    }

    [Fact]
    public void Question_LaterTurn_HasWhatTheAgentAskedAndNotTheTurnItself()
    {
        _play.Greeting = "What is your phone number?";
        _play.User.Says("five five five one two three four", from: 5, to: 8);
        _play.Play(12);
        var last = Assert.IsType<AgentMessage>(Assert.Single(_detector.Asked[^1].History));
        Assert.Equal("What is your phone number?", last.Text);
    }

    [Fact]
    public void Question_LongConversation_HasTheLastSixItems()
    {
        for (var i = 0; i < 6; i++)
            _play.User.Says($"question {i}", from: 1 + (i * 5), to: 2 + (i * 5));
        _play.Play(33);
        Assert.Equal(6, _detector.Asked[^1].History.Count);
        Assert.Equal("question 4", Assert.IsType<UserMessage>(_detector.Asked[^1].History[^2]).Text);
    }

    [Fact]
    public void Question_DetectorListens_HasTheSoundOfTheTurn()
    {
        _detector.NeedsAudio = true;
        _play.User.Says("what time is it", from: 2, to: 3);
        _play.User.Says("and where does a very long sentence take us when it does not end", from: 8, to: 20);
        _play.Play(26);
        var seconds = _detector.Asked.ConvertAll(question => question.Audio.Length / 16_000.0);
        Assert.InRange(seconds[0], 1.3, 1.7);
        Assert.InRange(seconds[^1], 7.99, 8.0);
        Assert.Contains(_detector.Asked[0].Audio.ToArray(), sample => sample != 0);
    }

    [Fact]
    public void Question_DetectorReads_HasNoSound()
    {
        _play.User.Says("what time is it", from: 1, to: 2);
        _play.Play(6);
        Assert.All(_detector.Asked, question => Assert.True(question.Audio.IsEmpty));
    }

    [Fact]
    public void Estimates_EachJudgement_AreTold()
    {
        _detector.HoldsUnfinished("my name is");
        _play.User.Says("my name is", from: 1, to: 2);
        _play.User.Says("Ada", from: 3, to: 3.5);
        _play.Play(8);
        var estimates = _play.Of<TurnEstimated>().ToList();
        Assert.Equal(0.1, estimates[0].Probability);
        Assert.Equal(0.9, estimates[^1].Probability);
        Assert.All(estimates, estimate => Assert.Equal(("scripted", 0.5, "by script"), (estimate.Detector, estimate.Threshold, estimate.Reason)));
    }

    [Fact]
    public void Mode_VoiceActivity_DoesNotAskTheDetector()
    {
        _play.Options.Turns.Endpointing.Mode = EndpointingMode.VoiceActivity;
        _play.User.Says("what time is it", from: 1, to: 2);
        _play.Play(6);
        Assert.Empty(_detector.Asked);
        Assert.InRange(EndOfTurn(0), 0.49, 0.6);
    }

    [Theory]
    [InlineData(EndpointingMode.Detector, "turn detector")]
    [InlineData(EndpointingMode.Realtime, "speech-to-speech")]
    public void Mode_NobodyThereToDecide_IsRefusedAtOnce(EndpointingMode mode, string missing)
    {
        _play.TurnDetector = null;
        _play.Options.Turns.Endpointing.Mode = mode;
        var error = Assert.Throws<ConfigurationException>(() => _play.Play(1));
        Assert.Contains(missing, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(1.5)]
    public void Threshold_NoProbability_IsRefusedAtOnce(double threshold)
    {
        _detector.Threshold = threshold;
        var error = Assert.Throws<ConfigurationException>(() => _play.Play(1));
        Assert.Contains("between 0 and 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Conversation_HalfAnHourAtRandom_IsTheSameTwice()
    {
        Assert.Equal(Trace(), Trace());

        static List<string> Trace()
        {
            var play = new Screenplay();
            var detector = new ScriptedTurnDetector(play.Time) { Judge = question => question.Text.Length % 4 / 4.0, Delay = TimeSpan.FromSeconds(0.3) };
            play.TurnDetector = detector;
            RandomConversation.Fill(play, seed: 5, seconds: 1_740);
            play.Play(1_800);
            Assert.True(detector.Asked.Count > 100, $"only {detector.Asked.Count} questions");
            Assert.True(detector.Dropped > 0, "no question was dropped");
            Assert.Equal(AgentState.Listening, play.AgentStates.Last(s => s.At < 1_800).State);
            return [.. play.Events.Where(e => e is not SessionClosed).Select(e => e.ToString())];
        }
    }

    private double EndOfTurn(int turn) => _play.Turns[turn].Latency.EndOfTurn!.Value.TotalSeconds;
}
