using Agent.Pipeline.Errors;
using Agent.Pipeline.Sessions;
using Agent.Pipeline.Sessions.Events;
using Agent.Providers.Fallback;
using Agent.Providers.Hedging;
using Agent.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using PlayedModel = Agent.Testing.ScriptedModel;

namespace Agent.Tests.Providers.Fallback;

/// <summary>A whole conversation, on virtual time, with models that are asked one after the other or side by side: what its session tells of it, and what the ledger says it cost.</summary>
public sealed class ListedModelConversationTests
{
    private readonly Screenplay _play = new();
    private readonly PlayedModel _other;

    public ListedModelConversationTests()
    {
        _other = new PlayedModel(_play.Time) { Answer = _ => [new TextContent("From the other."), Cost(70, 3)] };
        _play.Options.Turns.Preemptive.Enabled = false;
        _play.User.Says("hello", from: 1, to: 2);
    }

    [Fact]
    public void FirstFails_SessionTellsWhoAnswersInItsPlace()
    {
        _play.Model.Answer = _ => throw new ProviderException("a", ProviderErrorKind.Quota, "gone", isTransient: false);

        PlayList();

        Assert.Equal(["user: hello", "agent: From the other."], _play.History);
        var replaced = Assert.Single(_play.Of<ProviderReplaced>());
        Assert.Equal((SessionStage.LanguageModel, "a", ProviderErrorKind.Quota, "b"), (replaced.Stage, replaced.Error.Provider, replaced.Error.Kind, replaced.By));
        Assert.Empty(_play.Of<ProviderFailed>());
    }

    [Fact]
    public void FirstIsOvertaken_SessionTellsAndLedgerHasTheCost()
    {
        _play.Model.FirstToken = TimeSpan.FromSeconds(20);

        PlayList();

        Assert.Equal(["user: hello", "agent: From the other."], _play.History);
        Assert.Equal(ProviderErrorKind.Timeout, Assert.Single(_play.Of<ProviderReplaced>()).Error.Kind);
        AssertCost();
    }

    [Fact]
    public void FirstIsAMomentLate_ItAnswersAndNobodyIsReplaced()
    {
        _play.Model.FirstToken = TimeSpan.FromSeconds(1.2);
        _other.FirstToken = TimeSpan.FromSeconds(0.5);

        PlayList();

        Assert.Equal(["user: hello", "agent: All right."], _play.History);
        Assert.Empty(_play.Of<ProviderReplaced>());
    }

    [Fact]
    public void HedgedFirstIsOvertaken_LedgerHasTheCost()
    {
        _play.Model.FirstToken = TimeSpan.FromSeconds(20);
        _play.Cast(agent => agent with { LanguageModel = new HedgedLanguageModel("a", _play.Model, "b", _other, new HedgingOptions(), _play.Time, NullLogger.Instance) });

        _play.Play(10);

        Assert.Equal(["user: hello", "agent: From the other."], _play.History);
        AssertCost();
    }

    [Fact]
    public void ModelAndSynthesizer_LedgerHasTokensOfAllCallsAndCharacters()
    {
        _play.Tools.Add(AIFunctionFactory.Create(static () => "noon", "time"));
        _play.Model.Answer = asked => asked.Any(message => message.Role == ChatRole.Tool)
            ? [new TextContent("It is noon."), Cost(50, 4)]
            : [new FunctionCallContent("1", "time"), Cost(40, 2)];
        _play.Cast(agent => agent with { TextToSpeech = new PartingSynthesizer("a/one", _play.Time) });

        _play.Play(10);

        var entry = Assert.Single(_play.Turns);
        Assert.Equal((90, 6), (entry.ModelUsage!.InputTokenCount, entry.ModelUsage.OutputTokenCount));
        Assert.Equal("It is noon.".Length, entry.SynthesisUsage.Characters);
    }

    private static UsageContent Cost(long input, long output) => new(new UsageDetails { InputTokenCount = input, OutputTokenCount = output });

    private void PlayList()
    {
        var lists = new LanguageModelLists(new FallbackOptions(), _play.Time, NullLogger.Instance);
        _play.Cast(agent => agent with
        {
            LanguageModel = lists.Make([new FallbackCandidate<IChatClient>(_play.Model, lists.Watch("a", _play.Model)), new FallbackCandidate<IChatClient>(_other, lists.Watch("b", _other))]),
        });
        _play.Play(10);
    }

    private void AssertCost()
    {
        var usage = Assert.Single(_play.Turns).ModelUsage!;
        Assert.Equal((70, 3), (usage.InputTokenCount, usage.OutputTokenCount));
        Assert.Equal((1, 70), (usage.AdditionalCounts!["lostRequests"], usage.AdditionalCounts["lostInputTokensEstimated"]));
    }
}
