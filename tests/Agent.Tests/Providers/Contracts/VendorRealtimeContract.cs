using Agent.LoopbackVendors.Engines;
using Agent.LoopbackVendors.Faults;
using Agent.Pipeline.Errors;
using Agent.Pipeline.History;
using Agent.Pipeline.Realtime;
using Agent.Pipeline.Realtime.Events;
using Agent.Providers.Catalog;
using Microsoft.Extensions.AI;

namespace Agent.Tests.Providers.Contracts;

/// <summary>What every speech-to-speech model has to do that is a vendor's service. A new one derives from this with its name and its loopback endpoint: one line.</summary>
/// <param name="provider">The provider's name, e.g. <c>openai/gpt-realtime</c>.</param>
/// <param name="endpoint">Its endpoint among the loopback vendors, e.g. <c>openai/realtime</c>.</param>
public abstract class VendorRealtimeContract(string provider, string endpoint) : IAsyncLifetime
{
    private const string Question = "what is the weather in bern";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(0.4);
    private static readonly string[] s_words = ["weather", "bern"];

    private readonly ScriptedRecogniser _recogniser = new();
    private readonly ScriptedDialogue _dialogue = new();
    private readonly VendorTrial _trial = new(provider, endpoint, s_words);
    private ProviderStage? _stage;

    public static TheoryData<int, ProviderErrorKind, bool> Statuses => VendorFailures.Statuses;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ProviderStage Stage => _stage ?? throw new InvalidOperationException("Not initialized.");

    public async ValueTask InitializeAsync() => _stage = await StageAsync(limit: null);

    public async ValueTask DisposeAsync()
    {
        await Stage.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Turn_EndedByCommand_IsUnderstoodAndAnswered()
    {
        await using var talk = await BeginAsync();
        talk.Speak(1.2);
        talk.Connection.Commit();
        talk.Connection.Respond(new RealtimeRequest("a"));

        var events = await talk.ReadToAnswerAsync("a");
        var item = Assert.Single(events.OfType<RealtimeTurnCommitted>());
        Assert.False(item.ByModel);
        Assert.Equal($"You said {Question}.", Text(events, "a"));
        Assert.True(Sound(events, "a") > TimeSpan.FromSeconds(1));
        Assert.True(events.OfType<RealtimeAnswerEnded>().Single().Usage?.OutputTokenCount > 0);
        var transcript = events.OfType<RealtimeTranscript>().LastOrDefault(t => t.IsFinal) ?? await talk.ReadToAsync<RealtimeTranscript>(t => t.IsFinal);
        Assert.Equal((item.ItemId, Question), (transcript.ItemId, transcript.Text));
        Stage.AssertDiscreet(s_words);
    }

    [Fact]
    public async Task Turn_ModelFindsItsEnd_SaysSoAndBeginsNoAnswer()
    {
        await using var talk = await BeginAsync(endsTurns: true);
        talk.Speak(1.2);
        talk.Silence(1);

        Assert.True((await talk.ReadToAsync<RealtimeTurnCommitted>()).ByModel);
        Assert.Equal(Question, (await talk.ReadToAsync<RealtimeTranscript>(t => t.IsFinal)).Text);
        talk.Connection.Respond(new RealtimeRequest("a"));
        Assert.Equal($"You said {Question}.", Text(await talk.ReadToAnswerAsync("a"), "a"));
        Assert.All(talk.Seen.OfType<RealtimeAnswerEvent>(), e => Assert.Equal("a", e.RequestId));
    }

    [Fact]
    public async Task Commit_NothingWasHeard_IsAnsweredByAnEmptyTurn()
    {
        await using var talk = await BeginAsync();
        talk.Connection.Commit();

        Assert.Equal(new RealtimeTurnCommitted("", ByModel: false), await talk.ReadToAsync<RealtimeTurnCommitted>());
    }

    [Fact]
    public async Task Clear_ForgetsWhatWasHeard()
    {
        await using var talk = await BeginAsync();
        talk.Speak(1);
        talk.Connection.Clear();
        talk.Connection.Commit();

        Assert.Equal("", (await talk.ReadToAsync<RealtimeTurnCommitted>()).ItemId);
    }

    [Fact]
    public async Task History_BothWays_IsKnownToTheModel()
    {
        await using var talk = await BeginAsync(history: [new UserMessage("user-1", TimeSpan.Zero, "my name is john", "user"), new AgentMessage("reply-1", TimeSpan.Zero, "Hello John.", Interrupted: false)]);
        talk.Connection.Respond(new RealtimeRequest("a"));
        Assert.Equal("You said my name is john.", Text(await talk.ReadToAnswerAsync("a"), "a"));

        talk.Connection.Add(new UserMessage("user-2", TimeSpan.Zero, "and now mary", "user"));
        talk.Connection.Respond(new RealtimeRequest("b"));
        Assert.Equal("You said and now mary.", Text(await talk.ReadToAnswerAsync("b"), "b"));
        Stage.AssertDiscreet(["john", "mary"]);
    }

    [Fact]
    public async Task Tool_IsCalledAndItsResultIsAnswered()
    {
        _dialogue.Expect(new FunctionCallContent("x", "weather", new Dictionary<string, object?>(StringComparer.Ordinal) { ["city"] = "Bern" }), new TextContent("It rains there."));
        await using var talk = await BeginAsync(tools: [AIFunctionFactory.Create((string city) => $"rain in {city}", "weather")]);
        talk.Speak(1.2);
        talk.Connection.Commit();
        talk.Connection.Respond(new RealtimeRequest("a"));

        var call = (await talk.ReadToAnswerAsync("a")).OfType<RealtimeToolCall>().Single();
        Assert.Equal(("weather", """{"city":"Bern"}"""), (call.Name, call.Arguments));
        talk.Connection.AddToolResult(call.CallId, "rain in Bern");
        talk.Connection.Respond(new RealtimeRequest("b"));
        Assert.Equal("It rains there.", Text(await talk.ReadToAnswerAsync("b"), "b"));
    }

    [Fact]
    public async Task Text_GivenToBeSaid_IsSaidWordByWord()
    {
        await using var talk = await BeginAsync();
        talk.Connection.Respond(new RealtimeRequest("a") { Text = "Your table is ready. Please come." });
        Assert.Equal("Your table is ready. Please come.", Text(await talk.ReadToAnswerAsync("a"), "a"));
    }

    [Fact]
    public async Task Respond_WhileAnAnswerIsMade_FollowsIt()
    {
        await using var talk = await BeginAsync();
        talk.Connection.Respond(new RealtimeRequest("a") { Text = "The first of the two." });
        talk.Connection.Respond(new RealtimeRequest("b") { Text = "The second one." });

        await talk.ReadToAnswerAsync("b");
        Assert.Equal("The first of the two.", Text(talk.Seen, "a"));
        Assert.Equal("The second one.", Text(talk.Seen, "b"));
        Assert.Equal(["a", "b"], talk.Seen.OfType<RealtimeAnswerEnded>().Select(e => e.RequestId));
    }

    [Fact]
    public async Task Cancel_InTheMiddle_NothingMoreComesAndTheNextIsAnswered()
    {
        await using var talk = await BeginAsync();
        talk.Connection.Respond(new RealtimeRequest("a") { Text = string.Join(' ', Enumerable.Repeat("a long sentence of many words.", 60)) });
        var first = await talk.ReadToAsync<RealtimeAudio>();
        talk.Connection.Cancel("a");
        talk.Connection.Truncate(first.ItemId, TimeSpan.FromMilliseconds(100));
        var seen = talk.Seen.Count;
        talk.Connection.Respond(new RealtimeRequest("b") { Text = "Short." });

        await talk.ReadToAnswerAsync("b");
        Assert.Equal("Short.", Text(talk.Seen, "b"));

        // What had been read before the cancellation may still stand in line.
        Assert.DoesNotContain(talk.Seen.OfType<RealtimeAnswerEnded>(), e => e.RequestId == "a");
        Assert.True(talk.Seen.Skip(seen).OfType<RealtimeAudio>().Count(e => e.RequestId == "a") <= 1);
        Assert.DoesNotContain("refuses", Stage.Log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancel_BeforeItsTurn_IsNeverMade()
    {
        await using var talk = await BeginAsync();
        talk.Connection.Respond(new RealtimeRequest("a") { Text = "The first." });
        talk.Connection.Respond(new RealtimeRequest("b") { Text = "The second." });
        talk.Connection.Cancel("b");
        talk.Connection.Respond(new RealtimeRequest("c") { Text = "The third." });

        await talk.ReadToAnswerAsync("c");
        Assert.DoesNotContain(talk.Seen.OfType<RealtimeAnswerEvent>(), e => e.RequestId == "b");
    }

    [Theory]
    [MemberData(nameof(Statuses))]
    public async Task Open_Refused_ThrowsWhatTheStatusMeans(int status, ProviderErrorKind kind, bool isTransient)
    {
        await using var stage = await StageAsync(s_limit);

        await _trial.RefusedAsync(stage, status, kind, isTransient, async () => await stage.Catalog.GetRealtimeModel(provider).OpenAsync(Cancellation));
    }

    [Fact]
    public async Task Open_AddressLeadsToAWebSite_SaysSo()
    {
        await using var stage = await StageAsync(s_limit);

        await _trial.WebPageAsync(stage, async () => await stage.Catalog.GetRealtimeModel(provider).OpenAsync(Cancellation));
    }

    [Theory]
    [InlineData(FaultKind.Drop, ProviderErrorKind.Connection)]
    [InlineData(FaultKind.HalfClose, ProviderErrorKind.Connection)]
    [InlineData(FaultKind.Garbage, ProviderErrorKind.Protocol)]
    [InlineData(FaultKind.ErrorMessage, ProviderErrorKind.Connection)]
    [InlineData(FaultKind.HangAfterFirstByte, ProviderErrorKind.Timeout)]
    public async Task Answer_VendorFailsInTheMiddle_EndsTheConnection(FaultKind fault, ProviderErrorKind kind)
    {
        await using var stage = await StageAsync(s_limit);
        stage.Vendors.Faults.Next(endpoint, new Fault(fault) { After = 12 });
        await using var talk = await BeginAsync(stage);
        talk.Speak(1);
        talk.Connection.Commit();
        talk.Connection.Respond(new RealtimeRequest("a"));

        var error = await Assert.ThrowsAsync<ProviderException>(() => talk.ReadToAnswerAsync("a"));

        Assert.Equal((provider, kind, true), (error.Provider, error.Kind, error.IsTransient));
        stage.AssertDiscreet(s_words, error);
    }

    [Fact]
    public async Task Open_VendorNeverSaysAWord_IsLateBeforeAnybodySpeaks()
    {
        await using var stage = await StageAsync(s_limit);
        stage.Vendors.Faults.Always(endpoint, new Fault(FaultKind.HangBeforeFirstByte));

        var error = await Assert.ThrowsAsync<ProviderException>(async () => await stage.Catalog.GetRealtimeModel(provider).OpenAsync(Cancellation));

        Assert.Equal((provider, ProviderErrorKind.Timeout, true), (error.Provider, error.Kind, error.IsTransient));
    }

    [Fact]
    public async Task Check_VendorIsThere_ChangesNothing()
    {
        await using var talk = await BeginAsync();
        talk.Connection.Check();
        talk.Speak(1.2);
        talk.Connection.Check();
        talk.Connection.Commit();
        talk.Connection.Respond(new RealtimeRequest("a"));
        Assert.Equal($"You said {Question}.", Text(await talk.ReadToAnswerAsync("a"), "a"));
    }

    [Fact]
    public async Task Check_VendorHasFallenSilent_EndsTheConnection()
    {
        var isTime = 0;
        await using var stage = await StageAsync(s_limit);
        stage.Vendors.Faults.Always(endpoint, new Fault(FaultKind.HangAfterFirstByte) { When = () => Volatile.Read(ref isTime) != 0 });
        await using var talk = await BeginAsync(stage);
        talk.Connection.Respond(new RealtimeRequest("a") { Text = "Here I am." });
        await talk.ReadToAnswerAsync("a");
        Volatile.Write(ref isTime, 1);
        talk.Connection.Check();

        var error = await Assert.ThrowsAsync<ProviderException>(() => talk.ReadToAsync<RealtimeAnswerEvent>());

        Assert.Equal((provider, ProviderErrorKind.Timeout, true), (error.Provider, error.Kind, error.IsTransient));
    }

    [Theory]
    [InlineData(FaultKind.UnknownMessage)]
    [InlineData(FaultKind.PartialFrames)]
    public async Task Answer_UnusualButAllowed_IsComplete(FaultKind fault)
    {
        Stage.Vendors.Faults.Next(endpoint, new Fault(fault) { After = 12 });
        await using var talk = await BeginAsync();
        talk.Connection.Respond(new RealtimeRequest("a") { Text = "Your table is ready." });
        Assert.Equal("Your table is ready.", Text(await talk.ReadToAnswerAsync("a"), "a"));
    }

    [Fact]
    public async Task Validate_WithoutAKey_SaysWhichVariableToSet()
    {
        await using var stage = await ProviderStage.StartAsync(settings: VendorTrial.NoKeys);

        _trial.NeedsAKey(stage, ProviderKind.Realtime);
    }

    [Fact]
    public async Task List_TheFirstIsRefused_TheNextAnswers()
    {
        await using var stage = await StageAsync(s_limit);
        stage.Vendors.Faults.Next(endpoint, VendorFailures.Status(401));
        var model = stage.Catalog.GetRealtimeModel($"{provider}, {provider}-other");
        await using var talk = await RealtimeTalk.BeginAsync(model, new RealtimeSetup(), s_patience, Cancellation);
        talk.Connection.Respond(new RealtimeRequest("a") { Text = "Here I am." });
        Assert.Equal("Here I am.", Text(await talk.ReadToAnswerAsync("a"), "a"));
        Assert.Equal(2, stage.Vendors.Requests.Of(endpoint).Count);
    }

    private static string Text(IEnumerable<RealtimeEvent> events, string request) =>
        string.Concat(events.OfType<RealtimeText>().Where(e => e.RequestId == request).Select(e => e.Delta)).Trim();

    private static TimeSpan Sound(IEnumerable<RealtimeEvent> events, string request) =>
        TimeSpan.FromTicks(events.OfType<RealtimeAudio>().Where(e => e.RequestId == request).Sum(e => e.Frame.Duration.Ticks));

    private Task<ProviderStage> StageAsync(TimeSpan? limit)
    {
        _recogniser.Expect([.. Enumerable.Repeat(Question, 20)]);
        return ProviderStage.StartAsync(new EngineSet(_recogniser, _dialogue, new ToneSynthesizer()), limit);
    }

    private Task<RealtimeTalk> BeginAsync(ProviderStage? stage = null, bool endsTurns = false, IReadOnlyList<HistoryItem>? history = null, IReadOnlyList<AITool>? tools = null) =>
        RealtimeTalk.BeginAsync(
            (stage ?? Stage).Catalog.GetRealtimeModel(provider),
            new RealtimeSetup { Instructions = "You are a test.", EndsTurns = endsTurns, Transcribes = true, History = history ?? [], Tools = tools ?? [] },
            s_patience,
            Cancellation);
}
