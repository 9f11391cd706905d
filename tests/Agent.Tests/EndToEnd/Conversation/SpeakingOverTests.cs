using Agent.Pipeline.History;
using Agent.Pipeline.Ledger;
using Agent.Playground.Check;

namespace Agent.Tests.EndToEnd.Conversation;

/// <summary>What people do while an agent talks, over real media with real engines: the agent knows who means to take the floor.</summary>
[Collection(nameof(RealTime))]
public class SpeakingOverTests(LiveKitServerFixture fixture) : IClassFixture<LiveKitServerFixture>
{
    // Behind the time in which an agent takes what it hears for its own echo.
    private static readonly TimeSpan s_into = TimeSpan.FromSeconds(4.5);
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(0.5);

    private readonly SeenSession _seen = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("okay.")]
    [InlineData("sure.")]
    public async Task Backchannel_TheAgentGoesOnToItsEnd(string word)
    {
        await using var worker = await TellAsync();
        await using var caller = await worker.CallAsync();
        var over = await SpeakOverAsync(worker, caller, await worker.Voices.SpeakAsync(word, Stop));
        var turn = await AssertToldToItsEndAsync(worker, caller);
        AssertPausedAndResumed(turn, caller, over);
    }

    // A single one: pocketsphinx makes words of every sound ("but", "the the"), and longer than half a second they would be an interruption.
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Cough_TheAgentGoesOnToItsEnd(double voice)
    {
        await using var worker = await TellAsync();
        await using var caller = await worker.CallAsync();
        var over = await SpeakOverAsync(worker, caller, Noises.Cough(voice));
        var turn = await AssertToldToItsEndAsync(worker, caller);

        // Where a cough falls into the detector's windows decides whether it sounds like a voice at all; best is that it does not.
        if (turn.Decisions.Any(decision => decision.Kind == DecisionKind.Paused))
            AssertPausedAndResumed(turn, caller, over);
    }

    [Fact]
    public async Task Interruption_CutsTheAgentAndItsHistoryWhereItWasHeard()
    {
        await using var worker = await TellAsync();
        await using var caller = await worker.CallAsync();
        var over = await SpeakOverAsync(worker, caller, await worker.Voices.SpeakAsync("stop please that is enough.", Stop));
        await UntilAsync(worker, () => _seen.Turns.Count > 1, "the answer to the interruption");

        Assert.Equal([SpeechOutcome.Interrupted, SpeechOutcome.Completed], _seen.Turns.Select(turn => turn.Outcome));
        var told = Assert.IsType<AgentMessage>(_seen.History[1]);
        Assert.True(told.Interrupted);
        Assert.StartsWith(told.Text, StoryTeller.Story, StringComparison.Ordinal);
        Assert.InRange(WordRecall.Words(told.Text).Length, 5, WordRecall.Words(StoryTeller.Story).Length - 8);
        Assert.Contains(WordRecall.Words(Assert.IsType<UserMessage>(_seen.History[2]).Text), word => word is "stop" or "please" or "enough");

        // What was heard up to the silence is what the history says, to the word; recognition may miss some, but there is not more in it.
        var first = caller.Heard.FirstAudible(0)!.Value;
        var silent = Assert.NotNull(caller.Heard.FirstSilence(over, s_silence));
        var heard = await worker.Voices.RecogniseAsync(caller.Heard.Slice(first, silent), TimeProvider.System, Stop);
        Assert.True(WordRecall.Of(told.Text, heard) >= 0.6, Told(worker, $"heard: {heard}"));
        Assert.InRange(WordRecall.Words(heard).Length - WordRecall.Words(told.Text).Length, -6, 3);
    }

    [Fact]
    public async Task PauseInMidSentence_IsOneTurn()
    {
        await using var worker = await TestWorker.StartAsync(fixture, _seen.Watch);
        await using var caller = await worker.CallAsync();
        await UntilAsync(worker, () => caller.AgentState is "listening", "the agent to listen");
        var begins = await worker.Voices.SpeakAsync("hello my name is", Stop);
        var ends = await worker.Voices.SpeakAsync("john", Stop);
        await caller.SayAsync((short[])[.. begins, .. new short[AudioTrace.SampleRateHz * 9 / 10], .. ends], Stop);
        await UntilAsync(worker, () => _seen.Turns.Any(turn => turn.Outcome == SpeechOutcome.Completed), "the answer");

        var said = Assert.Single(_seen.History.OfType<UserMessage>());
        Assert.Contains("john", WordRecall.Words(said.Text));
        Assert.Contains("name", WordRecall.Words(said.Text));
        Assert.Equal("Nice to meet you, John.", Assert.Single(_seen.History.OfType<AgentMessage>()).Text);
    }

    private Task<TestWorker> TellAsync() => TestWorker.StartAsync(fixture, agent =>
    {
        agent.LanguageModel = "";
        agent.UseLanguageModel(_ => new StoryTeller());
        _seen.Watch(agent);
    });

    /// <summary>Makes a sound while the agent talks.</summary>
    /// <returns>Where in what the caller hears it began.</returns>
    private async Task<long> SpeakOverAsync(TestWorker worker, RoomCaller caller, short[] sound)
    {
        // The recogniser gets used to a voice with its first sentence.
        await UntilAsync(worker, () => caller.AgentState is "listening", "the agent to listen");
        await caller.SayAsync(await worker.Voices.SpeakAsync("please tell me a story now.", Stop), Stop);
        await UntilAsync(worker, () => Heard(caller) >= s_into.TotalSeconds * AudioTrace.SampleRateHz, "the agent to talk");
        var (start, _) = await caller.SayAsync(sound, Stop);
        return caller.Heard.PositionAt(caller.Spoken.TimeOf(start));
    }

    private static long Heard(RoomCaller caller) => caller.Heard.FirstAudible(0) is { } first ? (caller.Heard.LastAudible(first) ?? first) - first : 0;

    /// <summary>Its voice stopped at once, and it has gone on.</summary>
    private static void AssertPausedAndResumed(TurnEntry turn, RoomCaller caller, long over)
    {
        Assert.Contains(turn.Decisions, decision => decision.Kind == DecisionKind.Paused);
        Assert.Contains(turn.Decisions, decision => decision.Kind == DecisionKind.Resumed);
        var pause = Assert.NotNull(caller.Heard.FirstSilence(over, TimeSpan.FromSeconds(0.2)));
        Assert.InRange((pause - over) / (double)AudioTrace.SampleRateHz, 0, 1.0);
    }

    private async Task<TurnEntry> AssertToldToItsEndAsync(TestWorker worker, RoomCaller caller)
    {
        await UntilAsync(worker, () => _seen.Turns.Count > 0 && caller.AgentState is "listening", "the agent to tell its story to the end");
        var turn = Assert.Single(_seen.Turns);
        Assert.True(turn.Outcome == SpeechOutcome.Completed, Told(worker, $"{turn.Outcome}"));

        // Nobody was understood to say anything, and nothing of the story is missing.
        Assert.Equal(2, _seen.History.Count);
        Assert.Equal(StoryTeller.Story, Assert.Single(_seen.History.OfType<AgentMessage>()).Text);
        var first = caller.Heard.FirstAudible(0)!.Value;
        var last = caller.Heard.LastAudible(first)!.Value;
        var heard = await worker.Voices.RecogniseAsync(caller.Heard.Slice(first, last), TimeProvider.System, Stop);
        Assert.True(WordRecall.Of(StoryTeller.Story, heard) >= 0.6, Told(worker, $"heard: {heard}"));
        var rest = await worker.Voices.RecogniseAsync(caller.Heard.Slice(last - (4 * AudioTrace.SampleRateHz), last), TimeProvider.System, Stop);
        Assert.True(WordRecall.Of("the old man found a box in the sand", rest) >= 0.5, Told(worker, $"the end: {rest}"));
        Assert.Equal(StoryTeller.Story, string.Join(' ', caller.AgentCaptions.Select(caption => caption.Trim())));
        return turn;
    }

    private Task UntilAsync(TestWorker worker, Func<bool> condition, string what) => Eventually.HoldsAsync(condition, () => Told(worker, what));

    private string Told(TestWorker worker, string what) =>
        $"{what}{Environment.NewLine}session:{Environment.NewLine}{_seen}{Environment.NewLine}worker:{Environment.NewLine}{worker.Log}{Environment.NewLine}server:{Environment.NewLine}{fixture.Log}";
}
