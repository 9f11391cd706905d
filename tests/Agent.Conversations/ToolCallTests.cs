using Agent.Pipeline.History;
using Agent.Pipeline.Sessions;
using Agent.Pipeline.Sessions.Events;
using Agent.Pipeline.Turns;
using Agent.Testing;
using Microsoft.Extensions.AI;

namespace Agent.Conversations;

/// <summary>What the model calls.</summary>
public class ToolCallTests
{
    private readonly Screenplay _play = new();

    // The user of these has no echo that a client would have to learn to cancel.
    public ToolCallTests() => _play.Options.Turns.Interruption.EchoWarmUp = TimeSpan.Zero;

    [Fact]
    public void Tool_Called_ItsResultReachesTheModelAndTheHistory()
    {
        _play.Tools.Add(AIFunctionFactory.Create((string city) => $"sunny in {city}", "weather"));
        _play.Model.Answer = messages => messages.Any(m => m.Role == ChatRole.Tool)
            ? [new TextContent("It is sunny.")]
            : [new FunctionCallContent("call-1", "weather", new Dictionary<string, object?> { ["city"] = "Rome" })];
        _play.User.Says("how is the weather in rome", from: 1, to: 2);
        _play.Play(8);
        Assert.Equal(["user: how is the weather in rome", "tool: weather = sunny in Rome", "agent: It is sunny."], _play.History);
    }

    [Fact]
    public void Tool_Throws_TheModelIsToldAndTheSessionGoesOn()
    {
        _play.Tools.Add(AIFunctionFactory.Create(string () => throw new InvalidOperationException("no network"), "weather"));
        _play.Model.Answer = messages => messages.Any(m => m.Role == ChatRole.Tool)
            ? [new TextContent("I cannot see it.")]
            : [new FunctionCallContent("call-1", "weather")];
        _play.User.Says("how is the weather", from: 1, to: 2);
        _play.Play(8);
        Assert.Equal("agent: I cannot see it.", _play.History[^1]);
        Assert.True(Assert.Single(_play.Result.History.OfType<ToolCall>()).IsError);
        Assert.Equal(SessionStage.Tool, Assert.Single(_play.Of<ProviderFailed>()).Stage);
    }

    [Fact]
    public void Tool_CalledForEver_StopsAfterTheLimit()
    {
        _play.Tools.Add(AIFunctionFactory.Create(() => "again", "loop"));
        var call = 0;
        _play.Model.Answer = _ => [new FunctionCallContent($"call-{++call}", "loop")];
        _play.User.Says("go", from: 1, to: 2);
        _play.Play(10);
        Assert.Equal(4, _play.Model.Asked.Count);
        Assert.Equal(3, _play.Result.History.OfType<ToolCall>().Count());
        Assert.Equal(ChatToolMode.None, _play.Model.Options[^1]!.ToolMode);
        Assert.Equal(AgentState.Listening, _play.AgentStates.SkipLast(1).Last().State);
    }

    [Fact]
    public void Tool_RunningWhenInterrupted_ItsResultIsKept()
    {
        _play.Tools.Add(AIFunctionFactory.Create(
            async () =>
            {
                await Task.Delay(TimeSpan.FromSeconds(3), _play.Time, CancellationToken.None);
                return "booked";
            },
            "book"));
        _play.Model.Answer = messages => messages.Any(m => m.Role == ChatRole.Tool) || messages.Count > 2
            ? [new TextContent("Yes?")]
            : [new FunctionCallContent("call-1", "book")];
        _play.User.Says("book a table", from: 1, to: 2);
        _play.User.Says("no wait a moment please", from: 3.5, to: 5);
        _play.Play(12);
        Assert.Contains("tool: book = booked", _play.History);
    }
}
