using System.Text;
using Agent.LoopbackVendors.Engines;
using Agent.LoopbackVendors.Faults;
using Agent.Pipeline.Errors;
using Agent.Pipeline.Speech;
using Agent.Providers.Catalog;
using Microsoft.Extensions.AI;

namespace Agent.Tests.Providers.Contracts;

/// <summary>What every language model has to do that is a vendor's service. A new one derives from this with its name and its loopback endpoint: one line.</summary>
/// <param name="provider">The provider's name, e.g. <c>openai/gpt-4.1-mini</c>.</param>
/// <param name="endpoint">Its endpoint among the loopback vendors, e.g. <c>openai/chat</c>.</param>
/// <param name="settings">Further configuration, as KEY=VALUE.</param>
public abstract class VendorLanguageModelContract(string provider, string endpoint, params string[] settings) : LanguageModelContract, IAsyncLifetime
{
    private const string Question = "where do you sell zebras";
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(0.4);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private static readonly string[] s_words = ["zebras", "giraffes"];

    private readonly VendorTrial _trial = new(provider, endpoint, s_words);
    private ProviderStage? _stage;

    public static TheoryData<int, ProviderErrorKind, bool> Statuses => VendorFailures.Statuses;

    private ProviderStage Stage => _stage ?? throw new InvalidOperationException("Not initialized.");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _stage = await StartAsync();

    public async ValueTask DisposeAsync()
    {
        await Stage.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [MemberData(nameof(Statuses))]
    public async Task Ask_Refused_ThrowsWhatTheStatusMeans(int status, ProviderErrorKind kind, bool isTransient)
    {
        await using var stage = await StartAsync(s_limit);

        var error = await _trial.RefusedAsync(stage, status, kind, isTransient, () => AskAsync(stage));

        Assert.False(string.IsNullOrEmpty(error.RequestId));
    }

    [Fact]
    public async Task Ask_AddressLeadsToAWebSite_SaysSo()
    {
        await using var stage = await StartAsync();

        await _trial.WebPageAsync(stage, () => AskAsync(stage));
    }

    [Fact]
    public async Task Ask_WrongKey_IsAnAuthenticationError()
    {
        await using var stage = await StartAsync(more: VendorTrial.WrongKeys);

        await _trial.WrongKeyAsync(stage, () => AskAsync(stage));
    }

    [Fact]
    public async Task Ask_UnknownModel_IsABadRequest()
    {
        var vendor = provider.Split('/')[0];

        var error = await Assert.ThrowsAsync<ProviderException>(() => Stage.Catalog.GetLanguageModel($"{vendor}/no-such-model").GetResponseAsync(Question, cancellationToken: Cancellation));

        Assert.Equal((ProviderErrorKind.BadRequest, false), (error.Kind, error.IsTransient));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task Ask_RefusedOnceForNow_IsRepeated(int status)
    {
        var fault = status == 429 ? Fault.Http(status, TimeSpan.FromSeconds(0.02)) : Fault.Http(status);
        Stage.Vendors.Faults.Next(endpoint, fault);

        Assert.NotEmpty(await AskAsync(Stage));

        Assert.Equal(2, Stage.Vendors.Requests.Of(endpoint).Count);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(402)]
    public async Task Ask_RefusedForGood_IsNotRepeated(int status)
    {
        Stage.Vendors.Faults.Next(endpoint, Fault.Http(status));

        await Assert.ThrowsAsync<ProviderException>(() => AskAsync(Stage));

        Assert.Single(Stage.Vendors.Requests.Of(endpoint));
    }

    [Theory]
    [InlineData(FaultKind.HangAtConnect)]
    [InlineData(FaultKind.HangBeforeFirstByte)]
    [InlineData(FaultKind.HangAfterFirstByte)]
    public async Task Stream_VendorHangs_TimesOut(FaultKind kind)
    {
        await using var stage = await StartAsync(s_limit);

        await _trial.HangsAsync(stage, new Fault(kind) { After = MessagesBeforeFailure }, () => AskAsync(stage));
    }

    [Fact]
    public async Task Stream_ConnectionLostInTheMiddle_IsAConnectionError()
    {
        // What was under way when a connection is reset may be lost with it, so that nothing can be said of how much came.
        Stage.Vendors.Faults.Always(endpoint, new Fault(FaultKind.Drop) { After = MessagesBeforeFailure });

        var error = await Assert.ThrowsAsync<ProviderException>(() => AskAsync(Stage));

        Assert.Equal((provider, ProviderErrorKind.Connection, true), (error.Provider, error.Kind, error.IsTransient));
        Stage.AssertDiscreet(s_words, error);
    }

    [Theory]
    [InlineData(FaultKind.HalfClose)]
    [InlineData(FaultKind.ErrorMessage)]
    public async Task Stream_VendorFailsInTheMiddle_ThrowsAfterWhatCameAndRepeatsNothing(FaultKind kind)
    {
        Stage.Vendors.Faults.Always(endpoint, new Fault(kind) { After = MessagesBeforeFailure });
        var said = new StringBuilder();

        var error = await Assert.ThrowsAsync<ProviderException>(() => AskAsync(Stage, said));

        Assert.Equal((provider, true), (error.Provider, error.IsTransient));
        Assert.NotEmpty(said.ToString());
        Assert.Single(Stage.Vendors.Requests.Of(endpoint));
        Stage.AssertDiscreet(s_words, error);
    }

    [Theory]
    [InlineData(FaultKind.Drop)]
    [InlineData(FaultKind.HalfClose)]
    [InlineData(FaultKind.ErrorMessage)]
    public async Task Stream_VendorFailsBeforeTheFirstToken_IsRepeated(FaultKind kind)
    {
        Stage.Vendors.Faults.Next(endpoint, new Fault(kind));

        Assert.NotEmpty(await AskAsync(Stage));

        Assert.Equal(2, Stage.Vendors.Requests.Of(endpoint).Count);
    }

    [Theory]
    [InlineData(FaultKind.UnknownMessage)]
    [InlineData(FaultKind.Garbage)]
    [InlineData(FaultKind.PartialFrames)]
    [InlineData(FaultKind.SlowDrip)]
    public async Task Stream_VendorIsOdd_AnswersAllTheSame(FaultKind kind)
    {
        var well = await AskAsync(Stage);
        Stage.Vendors.Faults.Always(endpoint, new Fault(kind) { Pace = TimeSpan.FromMilliseconds(2), After = MessagesBeforeFailure });

        Assert.Equal(well, await AskAsync(Stage));

        Stage.AssertDiscreet(s_words);
    }

    [Fact]
    public async Task Stream_CancelledWhileTheVendorSpeaks_ClosesThereAtOnce()
    {
        Stage.Vendors.Faults.Always(endpoint, new Fault(FaultKind.HangAfterFirstByte) { After = MessagesBeforeFailure });
        using var interrupted = new CancellationTokenSource();
        await using var reply = Stage.Catalog.GetLanguageModel(provider).GetStreamingResponseAsync(Question, cancellationToken: interrupted.Token).GetAsyncEnumerator(Cancellation);
        Assert.True(await reply.MoveNextAsync().AsTask().WaitAsync(s_patience, Cancellation));

        await interrupted.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            while (await reply.MoveNextAsync().AsTask().WaitAsync(s_patience, Cancellation))
            {
            }
        });
        await WaitForEventAsync("aborted");
    }

    [Fact]
    public async Task Stream_LeftInTheMiddle_ClosesThereAtOnce()
    {
        Stage.Vendors.Faults.Always(endpoint, new Fault(FaultKind.HangAfterFirstByte) { After = MessagesBeforeFailure });
        await foreach (var _ in Stage.Catalog.GetLanguageModel(provider).GetStreamingResponseAsync(Question, cancellationToken: Cancellation))
            break;

        await WaitForEventAsync("aborted");
    }

    [Fact]
    public async Task Ask_CancelledWhileTheVendorHangs_Ends()
    {
        await _trial.InterruptedAsync(Stage, token => Stage.Catalog.GetLanguageModel(provider).GetResponseAsync(Question, cancellationToken: token));

        await WaitForEventAsync("aborted");
    }

    [Fact]
    public async Task Stream_ToolCall_ComesWholeAndItsResultGoesBack()
    {
        var script = (ScriptedDialogue)Stage.Vendors.Engines.Dialogue;
        script.Expect(new FunctionCallContent("call_1", "get_weather", new Dictionary<string, object?> { ["city"] = "Zürich \"old town\"", ["days"] = 3 }));
        script.Expect(new TextContent("It will rain in Zürich."));
        var model = Stage.Catalog.GetLanguageModel(provider);
        var options = new ChatOptions
        {
            Tools = [AIFunctionFactory.Create(static (string city, int days) => $"{city} {days}", "get_weather", "The weather of the next days.")],
            ToolMode = ChatToolMode.RequireAny,
            AllowMultipleToolCalls = true,
        };
        var messages = new List<ChatMessage> { new(ChatRole.System, "You know the weather."), new(ChatRole.User, "what is the weather") };

        var first = await model.GetResponseAsync(messages, options, Cancellation);

        var call = Assert.Single(first.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>());
        Assert.Equal(("call_1", "get_weather", ChatFinishReason.ToolCalls), (call.CallId, call.Name, first.FinishReason));
        Assert.Equal("Zürich \"old town\"", call.Arguments!["city"]?.ToString());
        Assert.Equal("3", call.Arguments["days"]?.ToString());

        messages.Add(new ChatMessage(ChatRole.Assistant, [new TextContent("One moment."), call]));
        messages.Add(new ChatMessage(ChatRole.Tool, [new FunctionResultContent(call.CallId, new { sky = "rain" })]));
        options.ToolMode = ChatToolMode.None;
        var second = await model.GetResponseAsync(messages, options, Cancellation);

        Assert.Equal("It will rain in Zürich.", second.Text);
    }

    [Fact]
    public async Task Ask_VendorDeclines_IsAContentErrorAndNotRepeated()
    {
        ((ScriptedDialogue)Stage.Vendors.Engines.Dialogue).Expect(new ErrorContent("No zebras."));

        var error = await Assert.ThrowsAsync<ProviderException>(() => AskAsync(Stage));

        Assert.Equal((provider, ProviderErrorKind.Content, false), (error.Provider, error.Kind, error.IsTransient));
        Assert.Single(Stage.Vendors.Requests.Of(endpoint));
        Stage.AssertDiscreet(s_words, error);
    }

    [Fact]
    public async Task Ask_AnswerByASchema_SchemaIsSent()
    {
        using var schema = System.Text.Json.JsonDocument.Parse("""{"type":"object","properties":{"giraffe_count":{"type":"integer"}},"required":["giraffe_count"],"additionalProperties":false}""");
        var options = new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(schema.RootElement, "order") };

        Assert.NotEmpty((await Stage.Catalog.GetLanguageModel(provider).GetResponseAsync(Question, options, Cancellation)).Text);

        var request = Assert.Single(Stage.Vendors.Requests.Of(endpoint));
        Assert.Single(request.Events, sent => sent.Contains("json_schema", StringComparison.Ordinal) && sent.Contains("giraffe_count", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Usage_AfterAReply_IsCounted()
    {
        var response = await Stage.Catalog.GetLanguageModel(provider).GetResponseAsync(Question, cancellationToken: Cancellation);

        Assert.True(response.Usage!.InputTokenCount > 0);
        Assert.True(response.Usage.OutputTokenCount > 0);
        Assert.True(response.Usage.CachedInputTokenCount > 0);
    }

    [Fact]
    public async Task WarmUp_BeforeTheFirstCall_AsksForNothingAndIsUsed()
    {
        var model = Stage.Catalog.GetLanguageModel(provider);
        var warmable = Assert.IsType<IWarmable>(model.GetService(typeof(IWarmable)), exactMatch: false);

        await warmable.WarmUpAsync(Cancellation);
        await warmable.WarmUpAsync(Cancellation);
        Assert.Empty(Stage.Vendors.Requests.Of(endpoint));

        Assert.NotEmpty(await AskAsync(Stage));
    }

    [Fact]
    public async Task Options_ThatTheVendorKnows_AreTaken()
    {
        var options = new ChatOptions { Temperature = 0.5f, TopP = 0.9f, MaxOutputTokens = 200, Seed = 7, StopSequences = ["END"], Instructions = "Be brief." };

        var response = await Stage.Catalog.GetLanguageModel(provider).GetResponseAsync(Question, options, Cancellation);

        Assert.NotEmpty(response.Text);
    }

    [Fact]
    public async Task Validate_WithoutAKey_SaysWhichVariableToSet()
    {
        await using var stage = await StartAsync(more: VendorTrial.NoKeys);

        _trial.NeedsAKey(stage, ProviderKind.LanguageModel);
    }

    /// <summary>How many events go well before the vendor fails after its first words.</summary>
    protected virtual int MessagesBeforeFailure => 3;

    protected override IChatClient Create() => Stage.Catalog.GetLanguageModel(provider);

    private async Task<ProviderStage> StartAsync(TimeSpan? limit = null, Dictionary<string, string?>? more = null)
    {
        more ??= new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var setting in settings)
            more[setting.Split('=')[0]] = setting.Split('=')[1];
        return await ProviderStage.StartAsync(limit: limit, settings: more);
    }

    private async Task<string> AskAsync(ProviderStage stage, StringBuilder? said = null)
    {
        said ??= new StringBuilder();
        await foreach (var update in stage.Catalog.GetLanguageModel(provider).GetStreamingResponseAsync(
            [new ChatMessage(ChatRole.System, "You sell giraffes."), new ChatMessage(ChatRole.User, Question)], cancellationToken: Cancellation))
            said.Append(update.Text);
        return said.ToString();
    }

    private Task WaitForEventAsync(string what) =>
        Stage.Vendors.Requests.WaitAsync(log => log.Of(endpoint).Any(request => request.Events.Contains(what)), Cancellation).WaitAsync(s_patience, Cancellation);
}
