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

        // The other connection was that of the sentence for failures, which the model says beforehand.
        var session = Assert.Single(conversation.Vendors.Requests.Of("openai/realtime"), each => each.Events.Contains("input_audio_buffer.append", StringComparer.Ordinal));
        var events = session.Events.ToList();
        Assert.True(
            events.LastIndexOf("conversation.item.truncate") is >= 0 and var cut && cut < events.LastIndexOf("response.create"),
            $"The model was to know what was heard before its next answer: {string.Join(" ", events.Where(e => e != "input_audio_buffer.append"))}");
        Assert.DoesNotContain("refuses", conversation.Log, StringComparison.Ordinal);
    }
}
