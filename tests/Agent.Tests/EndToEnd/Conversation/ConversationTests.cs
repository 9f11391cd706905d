using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Agent.LiveKit.Api;
using Agent.LiveKit.Rtc;
using Agent.Playground.Check;
using Agent.Playground.Web;
using Agent.Protocol;
using Agent.Worker.Jobs;

namespace Agent.Tests.EndToEnd.Conversation;

/// <summary>Spoken conversations over real media with real engines; what was said is recognised again on the other side.</summary>
[Collection(nameof(RealTime))]
public class ConversationTests(LiveKitServerFixture fixture) : IClassFixture<LiveKitServerFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SpokenQuestions_AreUnderstoodAnsweredAndRemembered()
    {
        await using var worker = await TestWorker.StartAsync(fixture, agent => agent.Greeting = "Hello! How can I help you?");
        await using var caller = await worker.CallAsync();
        var conversation = worker.Converse(caller);
        await conversation.GreetingAsync(Stop);
        await conversation.AskAsync(new("hello my name is john", Expected: "john"), Stop);
        await conversation.AskAsync(new("what is my name", Expected: "john"), Stop);
        AssertWell(conversation, worker);
    }

    [Fact]
    public async Task SpeakingOverTheAgent_SilencesIt_AndTheCaptionsEndWhereItWasHeard()
    {
        await using var worker = await TestWorker.StartAsync(fixture);
        await using var caller = await worker.CallAsync();
        var conversation = worker.Converse(caller);
        // The recogniser gets used to a voice with its first sentence.
        await conversation.AskAsync(new("hello my name is john", Expected: "john"), Stop);
        await conversation.InterruptAsync(new("please tell me a long story"), new("stop please that is enough"), Stop);
        AssertWell(conversation, worker);
        var story = conversation.Turns[1];
        Assert.NotNull(story.SilenceMilliseconds);
        Assert.DoesNotContain("That is the end of the story", story.Answer, StringComparison.Ordinal);
        Assert.Contains(worker.Ledger.After(0), entry => entry.BargeInLatency is not null);
    }

    [Fact]
    public async Task TypedText_IsAnsweredAloudAndInCaptions()
    {
        await using var worker = await TestWorker.StartAsync(fixture);
        await using var caller = await worker.CallAsync();
        await AgentListens(worker, caller);
        await caller.Room.LocalParticipant.SendTextAsync("What is two plus three?", new TextStreamOptions { Topic = "lk.chat" }, Stop);
        await Eventually.HoldsAsync(() => caller.AgentCaptions.Any(caption => caption.Contains("five", StringComparison.OrdinalIgnoreCase)), () => $"the caption of the answer\n{Logs(worker)}");
        await Eventually.HoldsAsync(() => caller.Heard.FirstAudible(0) is not null, () => "the sound of the answer");
    }

    [Fact]
    public async Task AgentState_IsShownAsTheConversationGoesOn()
    {
        await using var worker = await TestWorker.StartAsync(fixture);
        await using var caller = await worker.CallAsync();
        var states = new ConcurrentQueue<string>();
        caller.Room.ParticipantAttributesChanged += (_, happened) =>
        {
            if (happened.Participant.Attributes.TryGetValue("lk.agent.state", out var state) && (states.IsEmpty || states.Last() != state))
                states.Enqueue(state);
        };
        await AgentListens(worker, caller);
        await worker.Converse(caller).AskAsync(new("what is my name"), Stop);
        await Eventually.HoldsAsync(
            () => states.SkipWhile(state => state is not "thinking").Take(3).ToArray() is ["thinking", "speaking", "listening"],
            () => $"thinking, speaking and listening one after the other; it was {string.Join(", ", states)}\n{Logs(worker)}");
    }

    [Fact]
    public async Task ParticipantLeaves_TheJobEndsWithSuccess()
    {
        await using var worker = await TestWorker.StartAsync(fixture, agent => agent.Session.RejoinTimeout = TimeSpan.FromSeconds(1));
        await using (var caller = await worker.CallAsync())
        {
            await AgentListens(worker, caller);
            var dispatches = new AgentDispatchClient(worker.Server);
            await Eventually.HoldsAsync(
                async () => (await dispatches.ListDispatchAsync(caller.Room.Name, Stop)).SelectMany(dispatch => dispatch.State.Jobs).Any(job => job.State.Status == JobStatus.JsRunning),
                () => $"the job to be listed as running\n{Logs(worker)}");
        }

        await AssertEndsAsync(worker, JobStatus.JsSuccess, "the participant left");
    }

    [Fact]
    public async Task OnEnterThrows_TheJobFailsWithTheReason_AndTheNextJobIsTaken()
    {
        var failing = true;
        await using var worker = await TestWorker.StartAsync(fixture, agent =>
        {
            agent.OnEnter = (_, _) => failing ? throw new InvalidOperationException("not to be repeated") : Task.CompletedTask;
        });
        await using (await worker.CallAsync())
            await AssertEndsAsync(worker, JobStatus.JsFailed, "the agent's own code (OnEnter) failed with InvalidOperationException");

        failing = false;
        await using var next = await worker.CallAsync();
        await AgentListens(worker, next);
    }

    [Fact]
    public async Task DispatchByApi_BringsTheAgentWithItsMetadata()
    {
        var entered = new TaskCompletionSource<JobContext>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var worker = await TestWorker.StartAsync(fixture, agent => agent.OnEnter = (job, _) =>
        {
            entered.TrySetResult(job);
            return Task.CompletedTask;
        });
        var room = LiveKitServerFixture.NewRoomName();
        var token = worker.Server.CreateToken().WithIdentity("ada").WithName("Ada").WithGrants(new VideoGrants { RoomJoin = true, Room = room }).ToJwt();
        await using var caller = await worker.CallAsync(new SessionGrant(worker.Server.WebSocketUrl.ToString(), token, room));
        await new AgentDispatchClient(worker.Server).CreateDispatchAsync(room, worker.AgentName, """{"language":"en"}""", Stop);
        var job = await entered.Task.WaitAsync(TimeSpan.FromSeconds(60), Stop);
        Assert.Equal(room, job.Job.RoomName);
        Assert.Equal("""{"language":"en"}""", job.Job.Metadata);
        Assert.Equal(("ada", "Ada"), (job.Participant.Identity, job.Participant.Name));
    }

    [Fact]
    public async Task ThreeRoomsAtOnce_AreKeptApart()
    {
        await using var worker = await TestWorker.StartAsync(fixture);
        string[] names = ["john", "mary", "david"];
        var conversations = await Task.WhenAll(names.Select(async name =>
        {
            await using var caller = await worker.CallAsync();
            await AgentListens(worker, caller);
            var conversation = worker.Converse(caller);
            await conversation.AskAsync(new($"hello my name is {name}", Expected: name), Stop);
            return conversation;
        }));
        foreach (var conversation in conversations)
            AssertWell(conversation, worker);
    }

    private string Logs(TestWorker worker) => $"worker:{Environment.NewLine}{worker.Log}{Environment.NewLine}server:{Environment.NewLine}{fixture.Log}";

    // The server API does not tell how a job has ended; the embedded server's log does.
    private async Task AssertEndsAsync(TestWorker worker, JobStatus expected, string reason)
    {
        await Eventually.HoldsAsync(() => worker.Log.ToString().Contains(reason, StringComparison.Ordinal), () => $"the job's end\n{Logs(worker)}");
        if (fixture.Embedded is null)
            return;
        var jobId = Regex.Match(worker.Log.ToString(), "Job (?<id>AJ_[A-Za-z0-9]+) started", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["id"].Value;
        var line = $"Job {jobId} ended at worker ";
        await Eventually.HoldsAsync(() => fixture.Log.ToString().Contains(line, StringComparison.Ordinal), () => $"the server's word on the job's end\n{Logs(worker)}");
        var verdict = fixture.Log.Lines.Single(logged => logged.Contains(line, StringComparison.Ordinal));
        Assert.Contains($": {expected}", verdict, StringComparison.Ordinal);
        Assert.Equal(expected == JobStatus.JsFailed, verdict.Contains(reason, StringComparison.Ordinal));
    }

    private Task AgentListens(TestWorker worker, RoomCaller caller) =>
        Eventually.HoldsAsync(() => caller.AgentState is "listening", () => $"the agent's state to become listening; it is {caller.AgentState}\n{Logs(worker)}");

    private void AssertWell(CheckConversation conversation, TestWorker worker) =>
        Assert.True(
            conversation.Turns.All(turn => turn.Problems.Count == 0),
            $"{string.Join(Environment.NewLine, conversation.Turns.Select(turn => CheckReportJson.Write(turn)))}{Environment.NewLine}{Logs(worker)}");
}
