using Agent.Pipeline.Errors;
using Agent.Pipeline.Speech;
using Agent.Providers.Fallback;
using Agent.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;

namespace Agent.Tests.Providers.Fallback;

public sealed class FallbackLanguageModelTests
{
    private static readonly ChatMessage[] s_question = [new(ChatRole.User, "when do you open")];
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task Ask_FirstIsWell_OnlyItIsAsked()
    {
        var (first, second) = (Model("a", "We open ", "at nine."), Model("b", "Never."));

        Assert.Equal("We open at nine.", (await AskAsync(List(first, second))).Text);

        Assert.Empty(second.Asked);
    }

    [Theory]
    [InlineData(ProviderErrorKind.Connection)]
    [InlineData(ProviderErrorKind.Authentication)]
    [InlineData(ProviderErrorKind.Quota)]
    [InlineData(ProviderErrorKind.BadRequest)]
    [InlineData(ProviderErrorKind.Content)]
    public async Task Ask_FirstFailsBeforeItsFirstWord_SecondAnswers(ProviderErrorKind kind)
    {
        var (first, second) = (Model("a", ScriptedModel.Error("a", kind)), Model("b", "At nine."));

        Assert.Equal("At nine.", (await AskAsync(List(first, second))).Text);

        Assert.Equal(s_question, second.Asked[0]);
    }

    [Fact]
    public async Task Ask_FirstIsSilent_SecondAnswersAfterTheAttemptsTime()
    {
        var (first, second) = (Model("a", TimeSpan.FromMinutes(1), "Late."), Model("b", "At nine."));

        Assert.Equal("At nine.", (await AskAsync(List(first, second))).Text);

        Assert.Equal(TimeSpan.FromSeconds(1), _time.Now);
        Assert.Equal(1, first.Cancelled);
    }

    [Fact]
    public async Task Ask_FirstIsALittleLate_ItAnswersAllTheSameAndStaysTheFirst()
    {
        var (first, second) = (Model("a", TimeSpan.FromSeconds(1.2), "From ", "a."), Model("b", TimeSpan.FromSeconds(0.9), "From b."));
        var list = List(first, second);

        for (var i = 1; i <= 5; i++)
        {
            var response = await AskAsync(list);
            Assert.Equal("From a.", response.Text);
            Assert.Equal((i, i), (second.Asked.Count, second.Cancelled));
        }
    }

    [Fact]
    public async Task Ask_FirstIsOvertaken_IsAskedFirstAgainUntilItHappensThreeTimesInARow()
    {
        var (first, second) = (Model("a", TimeSpan.FromSeconds(4), "From a."), Model("b", TimeSpan.FromSeconds(0.5), "From b."));
        var list = List(first, second);

        for (var i = 1; i <= 3; i++)
        {
            var began = _time.Now;
            Assert.Equal("From b.", (await AskAsync(list)).Text);
            Assert.Equal((i, i, 1.5), (first.Asked.Count, first.Cancelled, (_time.Now - began).TotalSeconds));
        }

        await AskAsync(list);
        Assert.Equal(3, first.Asked.Count);
    }

    [Fact]
    public async Task Ask_AllAreSilent_FailsAfterOneAttemptsTimeForEach()
    {
        var (first, second) = (Model("a", TimeSpan.FromMinutes(1), "Late."), Model("b", TimeSpan.FromMinutes(1), "Late."));

        var error = await Assert.ThrowsAsync<ProviderException>(() => AskAsync(List(first, second)));

        Assert.Equal((ProviderErrorKind.Timeout, 2.0), (error.Kind, _time.Now.TotalSeconds));
        Assert.Equal((1, 1), (first.Cancelled, second.Cancelled));
    }

    [Fact]
    public async Task Ask_FirstIsLateAndThenFails_SecondAnswers()
    {
        var (first, second) = (Model("a", TimeSpan.FromSeconds(1.1), ScriptedModel.Error("a")), Model("b", TimeSpan.FromSeconds(0.9), "From b."));

        Assert.Equal("From b.", (await AskAsync(List(first, second))).Text);

        Assert.Equal(1.9, _time.Now.TotalSeconds);
    }

    [Fact]
    public async Task Ask_WinnerStopsInTheMiddle_WhoWasOnlyLateGoesOn()
    {
        var first = Model("a", TimeSpan.FromSeconds(1.5), "We open late.");
        var second = Model("b", (Action)(() => first.Steps = ["at nine."]), "We open ", ScriptedModel.Error("b"));

        Assert.Equal("We open at nine.", (await AskAsync(List(first, second))).Text);

        Assert.Equal(2, first.Asked.Count);
    }

    [Fact]
    public async Task Ask_SecondAnswers_TellsTheSessionWhoWasReplacedAndWhy()
    {
        Assert.Equal([("a", ProviderErrorKind.Connection, "b")], await ReplacedAsync(List(Model("a", ScriptedModel.Error("a")), Model("b", "At nine."))));
        Assert.Equal([("a", ProviderErrorKind.Timeout, "b")], await ReplacedAsync(List(Model("a", TimeSpan.FromMinutes(1)), Model("b", "At nine."))));
        Assert.Equal([("a", ProviderErrorKind.Connection, "b")], await ReplacedAsync(List(Model("a", "We open ", ScriptedModel.Error("a")), Model("b", "at nine."))));
        Assert.Empty(await ReplacedAsync(List(Model("a", "At nine."), Model("b", "Never."))));
    }

    [Fact]
    public async Task Ask_FirstIsOvertaken_ItsCostIsInTheUsageAsAnEstimate()
    {
        var second = Model("b", "At nine.");
        second.InputTokens = 70;

        var usage = (await AskAsync(List(Model("a", TimeSpan.FromMinutes(1)), second))).Usage!;

        Assert.Equal((70, 1), (usage.InputTokenCount, usage.OutputTokenCount));
        Assert.Equal((1, 70), (usage.AdditionalCounts!["lostRequests"], usage.AdditionalCounts["lostInputTokensEstimated"]));
    }

    [Fact]
    public async Task Ask_FirstStopsInTheMiddle_SecondGoesOnBehindWholeWords()
    {
        var (first, second) = (Model("a", "We open", " at ni", ScriptedModel.Error("a")), Model("b", "nine on ", "weekdays."));

        var response = await AskAsync(List(first, second));

        Assert.Equal("We open at nine on weekdays.", response.Text);
        Assert.Single(response.Messages);
        Assert.Equal([ChatRole.User, ChatRole.Assistant, ChatRole.System], second.Asked[0].Select(message => message.Role));
        Assert.Equal("We open at", second.Asked[0][1].Text);
    }

    [Theory]
    [InlineData("We open at nine on weekdays.")]
    [InlineData("we open at\nnine on weekdays.")]
    [InlineData("open at nine on weekdays.")]
    [InlineData("... at nine on weekdays.")]
    [InlineData("nine on weekdays.")]
    public async Task Ask_SecondRepeatsWhatWasSaid_ItIsNotSaidTwice(string continuation)
    {
        var second = Model("b", [.. continuation.Chunk(3).Select(piece => (object)new string(piece))]);

        var response = await AskAsync(List(Model("a", "We open at ", ScriptedModel.Error("a")), second));

        Assert.Equal("We open at nine on weekdays.", response.Text);
    }

    [Fact]
    public async Task Ask_FirstPausesInTheMiddle_SecondGoesOnWithinTheAttemptsTime()
    {
        var (first, second) = (Model("a", "We open ", TimeSpan.FromMinutes(1)), Model("b", "at nine."));

        Assert.Equal("We open at nine.", (await AskAsync(List(first, second))).Text);

        Assert.Equal(TimeSpan.FromSeconds(1), _time.Now);
    }

    [Fact]
    public async Task Ask_FirstDeclinesInTheMiddle_NobodyGoesOn()
    {
        var (first, second) = (Model("a", "We ", ScriptedModel.Error("a", ProviderErrorKind.Content)), Model("b", "open."));

        var error = await Assert.ThrowsAsync<ProviderException>(() => AskAsync(List(first, second)));

        Assert.Equal(ProviderErrorKind.Content, error.Kind);
        Assert.Empty(second.Asked);
    }

    [Fact]
    public async Task Ask_FailureAfterACall_LeavesTheAnswerWhole()
    {
        var (first, second) = (Model("a", new FunctionCallContent("1", "open_door"), ScriptedModel.Error("a")), Model("b", "No."));

        var response = await AskAsync(List(first, second));

        Assert.Single(response.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>());
        Assert.Empty(second.Asked);
    }

    [Fact]
    public async Task Ask_AllFail_NamesEachOne()
    {
        var error = await Assert.ThrowsAsync<ProviderException>(() => AskAsync(List(Model("a", ScriptedModel.Error("a")), Model("b", ScriptedModel.Error("b", ProviderErrorKind.Quota)))));

        Assert.Equal(ProviderErrorKind.Quota, error.Kind);
        Assert.Contains("a (Connection)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_FirstIsPutAside_ItIsNotAskedUntilAProbeFindsItWell()
    {
        var (first, second) = (Model("a", ScriptedModel.Error("a")), Model("b", "From b."));
        var list = List(first, second);
        await AskAsync(list);
        await AskAsync(list);
        Assert.Single(first.Asked);

        first.Steps = ["From a."];
        while (_time.TryFireNext(TimeSpan.FromSeconds(10)))
        {
        }

        Assert.Equal("From a.", (await AskAsync(list)).Text);
    }

    [Fact]
    public async Task Ask_Cancelled_CancelsTheOneThatAnswers()
    {
        var first = Model("a", "We ", TimeSpan.FromMinutes(1));
        using var interrupted = new CancellationTokenSource();
        await using var reply = List(first, Model("b", "No.")).GetStreamingResponseAsync(s_question, cancellationToken: interrupted.Token).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await reply.MoveNextAsync());
        var next = reply.MoveNextAsync();

        await interrupted.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await next);
        Assert.Equal(1, first.Cancelled);
    }

    private async Task<List<(string, ProviderErrorKind, string)>> ReplacedAsync(IChatClient list)
    {
        var replaced = new List<(string, ProviderErrorKind, string)>();
        var reading = ReadAsync();
        while (!reading.IsCompleted && _time.TryFireNext(_time.Now + TimeSpan.FromSeconds(30)))
        {
        }

        await reading;
        return replaced;

        async Task ReadAsync()
        {
            await foreach (var update in list.GetStreamingResponseAsync(s_question, cancellationToken: TestContext.Current.CancellationToken))
            {
                if (update.RawRepresentation is ProviderReplacement news)
                    replaced.Add((news.Error.Provider, news.Error.Kind, news.By));
            }
        }
    }

    private ScriptedModel Model(string name, params object[] steps) => new(name, _time, steps);

    private IChatClient List(params ScriptedModel[] models)
    {
        var lists = new LanguageModelLists(new FallbackOptions(), _time, NullLogger.Instance);
        return lists.Make([.. models.Select(model => new FallbackCandidate<IChatClient>(model, lists.Watch(model.Name, model)))]);
    }

    private async Task<ChatResponse> AskAsync(IChatClient list)
    {
        var answer = list.GetResponseAsync(s_question, cancellationToken: TestContext.Current.CancellationToken);

        // Everything happens on this thread: what is not done waits for the clock.
        while (!answer.IsCompleted && _time.TryFireNext(_time.Now + TimeSpan.FromSeconds(30)))
        {
        }

        return await answer;
    }
}
