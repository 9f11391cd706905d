using Agent.Pipeline.Errors;
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
        while (!answer.IsCompleted && _time.TryFireNext(TimeSpan.FromSeconds(30)))
        {
        }

        return await answer;
    }
}
