using Agent.Pipeline.Ledger;
using Agent.Pipeline.Sessions;
using Agent.Pipeline.Sessions.Events;
using Agent.Pipeline.Turns;
using Agent.Testing;
using Microsoft.Extensions.AI;

namespace Agent.Conversations;

/// <summary>Answers that need tools: what is said meanwhile, and what becomes of results.</summary>
public class ToolTests
{
    private readonly Screenplay _play = new();
    private Session? _session;

    public ToolTests()
    {
        _play.Options.Turns.Interruption.EchoWarmUp = TimeSpan.Zero;
        _play.At(0, session => _session = session);
        _play.User.Says("find me a flight", from: 1, to: 2);
        AnswerWithTool("search", "There are two.");
    }

    [Fact]
    public void Tool_SaysSomethingAndWaits_ItIsHeardWhileTheAnswerWaits()
    {
        SpeechOutcome? outcome = null;
        _play.Tools.Add(AIFunctionFactory.Create(
            async () =>
            {
                outcome = await _session!.Say("I am looking.");
                return "two flights";
            },
            "search"));
        _play.Play(10);
        Assert.Equal(SpeechOutcome.Completed, outcome);
        Assert.Equal(["user: find me a flight", "tool: search = two flights", "agent: I am looking.", "agent: There are two."], _play.History);
        Assert.Equal("I am looking.|There are two.|", _play.AgentCaptions);
    }

    [Fact]
    public void Tool_SaysSomethingAfterTheModelDid_TheOrderIsThatOfTheWords()
    {
        _play.Tools.Add(AIFunctionFactory.Create(
            async () =>
            {
                await _session!.Say("I am looking.");
                return "two flights";
            },
            "search"));
        AnswerWithTool("search", "There are two.", before: "Let me see.");
        _play.Play(10);
        Assert.Equal("Let me see.I am looking.| There are two.|", _play.AgentCaptions);
        Assert.Equal("agent: Let me see. There are two.", _play.History[^1]);
    }

    [Fact]
    public void Tool_AsksTheModelAndWaits_ItWorksHoweverDeep()
    {
        _play.Tools.Add(AIFunctionFactory.Create(
            async () =>
            {
                await _session!.GenerateReply("Use the inner tool.");
                return "two flights";
            },
            "search"));
        _play.Tools.Add(AIFunctionFactory.Create(
            async () =>
            {
                await _session!.Say("Deep inside.");
                return "inner";
            },
            "inner"));
        _play.Model.Answer = messages => messages switch
        {
            [.., { Role: var role, Text: "Use the inner tool." }] when role == ChatRole.System => [new FunctionCallContent("call-2", "inner")],
            [.., { Role: var role, Contents: [FunctionResultContent { CallId: "call-2" }] }] when role == ChatRole.Tool => [new TextContent("Asked in between.")],
            [.., { Role: var role }] when role == ChatRole.Tool => [new TextContent("There are two.")],
            _ => [new FunctionCallContent("call-1", "search")],
        };
        _play.Play(14);
        Assert.Equal("Deep inside.|Asked in between.|There are two.|", _play.AgentCaptions);
        Assert.All(_play.Turns, t => Assert.Equal(SpeechOutcome.Completed, t.Outcome));
    }

    [Fact]
    public void Tool_WaitsForItsOwnAnswer_IsToldThatItCannot()
    {
        SpeechHandle? own = null;
        var play = new Screenplay();
        play.Tools.Add(AIFunctionFactory.Create(async () => (await own!).ToString(), "search"));
        play.Model.Answer = messages => messages[^1].Role == ChatRole.Tool ? [new TextContent("Sorry.")] : [new FunctionCallContent("call-1", "search")];
        play.At(1, session => own = session.GenerateReply());
        play.Play(6);
        Assert.Equal("agent: Sorry.", play.History[^1]);
        var failed = Assert.Single(play.Of<ProviderFailed>());
        Assert.Equal(SessionStage.Tool, failed.Stage);
        Assert.Contains("A tool waits for asked-1", failed.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tool_SomethingWaitsInTheQueue_IsHeardMeanwhile()
    {
        _play.Tools.Add(Slow("search", 3));
        _play.At(3.2, session => _ = session.Say("By the way."));
        _play.Play(10);
        var voice = _play.Room.Voice();
        Assert.InRange(voice[0].From, 3.3, 3.35);
        Assert.Equal("By the way.|There are two.|", _play.AgentCaptions);
    }

    [Fact]
    public void Tool_UserBargesInOnWhatItSays_BothEndAndTheToolGoesOn()
    {
        var done = false;
        SpeechOutcome? outcome = null;
        _play.Model.Answer = messages => messages.Any(m => m.Role == ChatRole.Tool) ? [new TextContent("As you like.")] : [new FunctionCallContent("call-1", "search")];
        _play.Tools.Add(AIFunctionFactory.Create(
            async () =>
            {
                outcome = await _session!.Say("I am looking for all the flights that there are today and tomorrow.");
                await Task.Delay(TimeSpan.FromSeconds(1), _play.Time);
                done = true;
                return "two flights";
            },
            "search"));
        _play.User.Says("forget about it please", from: 4, to: 5);
        _play.Play(12);
        Assert.Equal(SpeechOutcome.Interrupted, outcome);
        Assert.True(done);
        Assert.Equal(
            ["user: find me a flight", "tool: search = two flights", "agent: I am looking for all –", "user: forget about it please", "agent: As you like."],
            _play.History);
    }

    [Fact]
    public void Tool_ResultAfterTheInterruption_StandsWhereItBelongsAndTheToolIsNotRunTwice()
    {
        var runs = 0;
        _play.Tools.Add(AIFunctionFactory.Create(
            async () =>
            {
                runs++;
                await Task.Delay(TimeSpan.FromSeconds(4), _play.Time);
                return "two flights";
            },
            "search"));
        _play.Model.Answer = messages => messages.Any(m => m.Role == ChatRole.Tool)
            ? [new TextContent("I am still looking.")]
            : [new TextContent("Let me see what I can find for you today."), new FunctionCallContent("call-1", "search")];
        _play.User.Says("and be quick about it", from: 3.6, to: 4.8);
        _play.Play(14);

        // While it still runs the model is told so; when it is done its result is found behind the question, not behind what was said since.
        Assert.Equal(1, runs);
        Assert.Equal("user: find me a flight", _play.History[0]);
        Assert.Equal("tool: search = two flights", _play.History[1]);
        Assert.StartsWith("agent: Let me see", _play.History[2], StringComparison.Ordinal);
        Assert.Equal("user: and be quick about it", _play.History[3]);
        var result = _play.Model.Asked[^1].SelectMany(m => m.Contents).OfType<FunctionResultContent>().Single();
        Assert.Contains("still running", result.Result!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Tool_DoneAndTheUserGoesOnBeforeTheAnswer_ItsResultIsUsed()
    {
        var runs = 0;
        _play.Model.FirstToken = TimeSpan.FromSeconds(0.3);
        _play.Model.Answer = messages => messages.Any(m => m.Role == ChatRole.Tool) ? [new TextContent("There are two.")] : [new FunctionCallContent("call-1", "search")];
        _play.Tools.Add(AIFunctionFactory.Create(() => ++runs, "search"));
        _play.Synthesizer.FirstByte = TimeSpan.FromSeconds(1);
        _play.User.Says("to Rome if you can", from: 3, to: 4);
        _play.Play(12);
        Assert.Equal(1, runs);
        Assert.Equal(["user: find me a flight to Rome if you can", "tool: search = 1", "agent: There are two."], _play.History);
    }

    [Fact]
    public void Tool_TheModelUsesTheSameIdentifierAgain_NoResultIsLost()
    {
        var runs = 0;
        _play.Tools.Add(AIFunctionFactory.Create(() => ++runs, "search"));
        _play.User.Says("and another one", from: 6, to: 7);
        _play.Play(12);
        Assert.Equal(["tool: search = 1", "tool: search = 2"], _play.History.Where(line => line.StartsWith("tool", StringComparison.Ordinal)));
    }

    [Fact]
    public void Tool_RunsForLong_TheUserIsNotAway()
    {
        _play.Options.Turns.UserAwayTimeout = TimeSpan.FromSeconds(5);
        _play.Tools.Add(Slow("search", 12));
        _play.Play(17);
        Assert.DoesNotContain(_play.Of<UserStateChanged>(), e => e.State == UserState.Away);
        Assert.Equal("agent: There are two.", _play.History[^1]);
    }

    [Fact]
    public void Tool_RunsInTheMiddleOfAnAnswer_TheAgentIsSeenToThink()
    {
        _play.Tools.Add(Slow("search", 3));
        AnswerWithTool("search", "There are two.", before: "Let me see.");
        _play.Play(12);
        Assert.Equal(
            [AgentState.Thinking, AgentState.Speaking, AgentState.Thinking, AgentState.Speaking, AgentState.Listening],
            _play.AgentStates.Select(s => s.State).SkipWhile(s => s != AgentState.Thinking).Take(5));
    }

    private AIFunction Slow(string name, double seconds) => AIFunctionFactory.Create(
        async () =>
        {
            await Task.Delay(TimeSpan.FromSeconds(seconds), _play.Time);
            return "two flights";
        },
        name);

    private void AnswerWithTool(string name, string after, string? before = null) => _play.Model.Answer = messages => messages[^1].Role == ChatRole.Tool
        ? [new TextContent(after)]
        : before is null ? [new FunctionCallContent("call-1", name)] : [new TextContent(before), new FunctionCallContent("call-1", name)];
}
