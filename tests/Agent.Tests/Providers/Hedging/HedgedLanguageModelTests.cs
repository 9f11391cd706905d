using Agent.Pipeline.Errors;
using Agent.Providers.Hedging;
using Agent.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using ScriptedModel = Agent.Tests.Providers.Fallback.ScriptedModel;

namespace Agent.Tests.Providers.Hedging;

public sealed class HedgedLanguageModelTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task Ask_FirstIsInTime_NobodyElseIsAsked()
    {
        var (first, second) = (Model("a", TimeSpan.FromSeconds(0.9), "From a."), Model("b", "From b."));

        Assert.Equal("From a.", await AskAsync(Hedged(first, second)));

        Assert.Empty(second.Asked);
    }

    [Fact]
    public async Task Ask_FirstIsLate_SecondAnswersAndFirstIsCancelled()
    {
        var (first, second) = (Model("a", TimeSpan.FromSeconds(20), "From a."), Model("b", TimeSpan.FromSeconds(0.5), "From b."));

        Assert.Equal("From b.", await AskAsync(Hedged(first, second)));

        Assert.Equal(1, first.Cancelled);
        Assert.Equal(TimeSpan.FromSeconds(1.5), _time.Now);
    }

    [Fact]
    public async Task Ask_SecondAnswers_WhatTheFirstMayHaveCostStandsBesideTheUsage()
    {
        var second = Model("b", "From b.");
        second.InputTokens = 70;

        var usage = (await Drive(Hedged(Model("a", TimeSpan.FromSeconds(20)), second).GetResponseAsync("hello", cancellationToken: TestContext.Current.CancellationToken))).Usage!;

        Assert.Equal((70, 1), (usage.InputTokenCount, usage.OutputTokenCount));
        Assert.Equal((1, 0, 70), (usage.AdditionalCounts!["lostRequests"], usage.AdditionalCounts["lostInputTokens"], usage.AdditionalCounts["lostInputTokensEstimated"]));
    }

    [Fact]
    public async Task Ask_FirstHasToldItsCost_ItIsInTheSum()
    {
        var first = Model("a", new UsageContent(new UsageDetails { InputTokenCount = 50 }), TimeSpan.FromSeconds(20));
        var second = Model("b", "From b.");
        second.InputTokens = 70;

        var usage = (await Drive(Hedged(first, second).GetResponseAsync("hello", cancellationToken: TestContext.Current.CancellationToken))).Usage!;

        Assert.Equal((120, 50), (usage.InputTokenCount, usage.AdditionalCounts!["lostInputTokens"]));
        Assert.False(usage.AdditionalCounts.ContainsKey("lostInputTokensEstimated"));
    }

    [Fact]
    public async Task Ask_FirstSpeaksAfterAll_SecondIsCancelled()
    {
        var (first, second) = (Model("a", TimeSpan.FromSeconds(1.2), "From ", "a."), Model("b", TimeSpan.FromSeconds(5), "From b."));

        Assert.Equal("From a.", await AskAsync(Hedged(first, second)));

        Assert.Equal(1, second.Cancelled);
    }

    [Fact]
    public async Task Ask_SecondCallsATool_ItHasSpoken()
    {
        var (first, second) = (Model("a", TimeSpan.FromSeconds(20), "From a."), Model("b", new FunctionCallContent("1", "look_up")));
        var model = Hedged(first, second);

        var answer = Drive(model.GetResponseAsync("hello", cancellationToken: TestContext.Current.CancellationToken));

        Assert.Contains((await answer).Messages.SelectMany(message => message.Contents), content => content is FunctionCallContent);
        Assert.Equal(1, first.Cancelled);
    }

    [Fact]
    public async Task Ask_FirstFailsWhileSecondIsUnderWay_SecondAnswers()
    {
        var first = Model("a", TimeSpan.FromSeconds(1.1), ScriptedModel.Error("a"));

        Assert.Equal("From b.", await AskAsync(Hedged(first, Model("b", TimeSpan.FromSeconds(3), "From b."))));
    }

    [Fact]
    public async Task Ask_FirstFailsInTime_TheErrorIsTold()
    {
        var error = await Assert.ThrowsAsync<ProviderException>(() => AskAsync(Hedged(Model("a", ScriptedModel.Error("a")), Model("b", "From b."))));

        Assert.Equal("a", error.Provider);
    }

    [Fact]
    public async Task Ask_BothFail_TheFirstErrorIsTold()
    {
        var (first, second) = (Model("a", TimeSpan.FromSeconds(2), ScriptedModel.Error("a")), Model("b", ScriptedModel.Error("b")));

        var error = await Assert.ThrowsAsync<ProviderException>(() => AskAsync(Hedged(first, second)));

        Assert.Equal("a", error.Provider);
    }

    [Fact]
    public async Task Ask_AlwaysLate_IsHedgedWithinTheBudgetOnly()
    {
        var second = Model("b", TimeSpan.FromSeconds(10), "From b.");
        var model = Hedged(Model("a", TimeSpan.FromSeconds(4), "From a."), second, new HedgingOptions { MaxShare = 0.1 });

        for (var i = 0; i < 100; i++)
            Assert.Equal("From a.", await AskAsync(model));

        Assert.InRange(second.Asked.Count, 2, 10);
    }

    [Fact]
    public void Delay_AfterEnoughAnswers_IsTheirPercentileWithinItsBounds()
    {
        var times = new FirstTokenTimes(new HedgingOptions { Percentile = 0.9, MinDelay = TimeSpan.FromSeconds(0.3), MaxDelay = TimeSpan.FromSeconds(2) });
        Assert.Equal(TimeSpan.FromSeconds(1), times.Delay);

        for (var i = 1; i <= 20; i++)
            times.Add(TimeSpan.FromSeconds(0.05 * i));
        Assert.Equal(TimeSpan.FromSeconds(0.9), times.Delay);

        for (var i = 0; i < 100; i++)
            times.Add(TimeSpan.FromSeconds(0.1));
        Assert.Equal(TimeSpan.FromSeconds(0.3), times.Delay);

        for (var i = 0; i < 100; i++)
            times.Add(TimeSpan.FromSeconds(9));
        Assert.Equal(TimeSpan.FromSeconds(2), times.Delay);
    }

    private ScriptedModel Model(string name, params object[] steps) => new(name, _time, steps);

    private HedgedLanguageModel Hedged(ScriptedModel first, ScriptedModel second, HedgingOptions? options = null) =>
        new(first.Name, first, second.Name, second, options ?? new HedgingOptions(), _time, NullLogger.Instance);

    private async Task<string> AskAsync(HedgedLanguageModel model) =>
        (await Drive(model.GetResponseAsync("hello", cancellationToken: TestContext.Current.CancellationToken))).Text;

    private async Task<ChatResponse> Drive(Task<ChatResponse> answer)
    {
        while (!answer.IsCompleted && _time.TryFireNext(_time.Now + TimeSpan.FromSeconds(60)))
        {
        }

        return await answer;
    }
}
