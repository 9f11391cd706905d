using Agent.LoopbackVendors.Engines;
using Agent.LoopbackVendors.Faults;
using Agent.Pipeline.Errors;
using Agent.Pipeline.Ledger;
using Agent.Pipeline.Sessions;
using Agent.Pipeline.Sessions.Events;
using Agent.Providers.OpenAi.Speech.Http;
using Agent.Testing;
using Agent.Tests.EndToEnd;
using Agent.Tests.EndToEnd.Conversation;
using Agent.Tests.Providers.Contracts;
using Agent.Tests.Providers.Matrix;

namespace Agent.Tests.Providers.OpenAi.Realtime;

/// <summary>A whole conversation over the Realtime API, in real time.</summary>
[Collection(nameof(RealTime))]
public sealed class OpenAiRealtimeSessionTests
{
    private const string Provider = "openai/gpt-realtime";
    private const string Endpoint = "openai/realtime";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Session_VendorEndsItAtItsAge_GoesOnWithWhatWasSaid()
    {
        var isOld = 0;
        await using var stage = await StageAsync();

        // As it ends a session that has reached its maximum duration.
        stage.Vendors.Faults.Next(Endpoint, new Fault(FaultKind.HalfClose) { CloseCode = 1001, When = () => Volatile.Read(ref isOld) != 0 });
        await using var conversation = await ConversationAsync(stage);
        await AskAsync(conversation, answers: 1);
        Volatile.Write(ref isOld, 1);
        await AskAsync(conversation, answers: 2);

        Assert.All(Answers(conversation), answer => Assert.Equal(SpeechOutcome.Completed, answer.Outcome));
        var connections = stage.Vendors.Requests.Of(Endpoint);
        Assert.Equal(2, connections.Count);
        Assert.Equal(2, connections[1].Events.Count(e => e == "conversation.item.create"));
        Assert.DoesNotContain("conversation.item.create", connections[0].Events);
    }

    [Fact]
    public async Task Usage_OfAnAnswer_IsInTheLedger()
    {
        await using var stage = await StageAsync();
        await using var conversation = await ConversationAsync(stage);
        await AskAsync(conversation, answers: 1);

        var usage = Assert.Single(Answers(conversation)).ModelUsage;
        Assert.NotNull(usage);
        Assert.True(usage.InputTokenCount > 0);
        Assert.True(usage.OutputTokenCount > 0);
        Assert.Equal(usage.TotalTokenCount, usage.InputTokenCount + usage.OutputTokenCount);
        Assert.True(usage.AdditionalCounts!["input_audio_tokens"] > 0);
        Assert.True(usage.AdditionalCounts["output_audio_tokens"] > 0);
    }

    [Fact]
    public async Task FailureSpeech_WithNoOtherVoice_IsSaidByTheModelBeforehand()
    {
        await using var stage = await StageAsync();
        await using var speech = new FailureSpeech("Please try that again.", stage.Catalog.GetRealtimeModel(Provider));

        await Eventually.HoldsAsync(() => speech.Recording is not null, () => $"the sentence to be said\n{stage.Log}");

        Assert.Equal("Please try that again.", speech.Recording!.Text);
        Assert.True(speech.Recording.Samples.Length > speech.Recording.SampleRateHz / 2);
        Assert.Contains("closed", Assert.Single(stage.Vendors.Requests.Of(Endpoint)).Events);
    }

    [Fact]
    public void Error_SessionExpired_IsNoFaultOfTheRequest()
    {
        var error = OpenAiErrors.Reported(Provider, "invalid_request_error", "session_expired", requestId: null);

        Assert.Equal((ProviderErrorKind.Connection, true), (error.Kind, error.IsTransient));
    }

    private static Task<ProviderStage> StageAsync()
    {
        var recogniser = new Agent.LoopbackVendors.Engines.ScriptedRecogniser();
        recogniser.Expect("good morning", "what time is it");
        return ProviderStage.StartAsync(new EngineSet(recogniser, new ScriptedDialogue(), new ToneSynthesizer()));
    }

    private static async Task<LiveConversation> ConversationAsync(ProviderStage stage)
    {
        var conversation = LiveConversation.Start(
            new AgentDefinition { VoiceActivity = new LoudnessModel(), RealtimeModel = stage.Catalog.GetRealtimeModel(Provider) }, new SessionOptions());
        await conversation.ListensAsync(s_patience, Stop);
        return conversation;
    }

    private static async Task AskAsync(LiveConversation conversation, int answers)
    {
        await conversation.SpeakAsync(TimeSpan.FromSeconds(0.6), Stop);
        Assert.True(
            await conversation.SeeAsync(() => Answers(conversation).Count == answers ? true : (bool?)null, s_patience, Stop),
            string.Join(Environment.NewLine, conversation.Events));
    }

    private static List<TurnEntry> Answers(LiveConversation conversation) => [.. conversation.Events.OfType<TurnEnded>().Select(turn => turn.Entry)];
}
