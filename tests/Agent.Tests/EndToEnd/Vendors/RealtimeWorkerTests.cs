namespace Agent.Tests.EndToEnd.Vendors;

/// <summary>
/// The worker with a speech-to-speech model, from environment variables and <c>start --realtime …</c> alone, in a spoken conversation over real media: the Realtime API is
/// really spoken; behind it, engines of this machine hear, decide and speak.
/// </summary>
[Collection(nameof(RealTime))]
public sealed class RealtimeWorkerTests(LiveKitServerFixture fixture) : IClassFixture<LiveKitServerFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Worker_WithASpeechToSpeechModel_AnswersAndIsInterrupted()
    {
        await using var conversation = await WorkerConversation.StartAsync(fixture, "realtime", [], "--realtime", "openai/gpt-realtime:cedar");

        await conversation.Talk.AskAsync(new("hello my name is john", Expected: "john"), Stop);
        await conversation.Talk.InterruptAsync(new("please tell me a long story", Expected: "time"), new("what is my name", Expected: "john"), Stop);

        conversation.AssertWentWell();
        var session = Assert.Single(conversation.Vendors.Requests.Of("openai/realtime"));
        Assert.Contains("conversation.item.truncate", session.Events);
        Assert.DoesNotContain("refuses", conversation.Log, StringComparison.Ordinal);
    }
}
