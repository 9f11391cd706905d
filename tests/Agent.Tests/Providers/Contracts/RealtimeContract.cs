using Agent.Pipeline.Audio;
using Agent.Pipeline.History;
using Agent.Pipeline.Realtime;
using Agent.Pipeline.Realtime.Events;
using Agent.Providers.Catalog;
using Agent.Tests.Providers.Local;

namespace Agent.Tests.Providers.Contracts;

/// <summary>What every speech-to-speech model has to do, whatever it finds to say. A new one derives from this and says how it is made.</summary>
public abstract class RealtimeContract
{
    private protected const string Sentence = "she sells fresh bread and milk in the market";

    private const int SpokenRateHz = 16_000;

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract IRealtimeModel Create();

    [Fact]
    public void Name_OfTheModel_IsAProviderName() => Assert.Equal(Create().Name, ProviderName.Parse(Create().Name).ToString());

    [Fact]
    public async Task Turn_OfAVoice_IsUnderstoodAndAnsweredAloud()
    {
        await using var talk = await BeginAsync();
        await SayAsync(talk);
        talk.Connection.Commit();
        talk.Connection.Respond(new RealtimeRequest("a"));

        await talk.ReadToAnswerAsync("a");
        Assert.False(Assert.Single(talk.Seen.OfType<RealtimeTurnCommitted>()).ByModel);
        AssertSpoken(talk, "a");
        if (!Create().Capabilities.Transcribes)
            return;
        var heard = talk.Seen.OfType<RealtimeTranscript>().LastOrDefault(t => t.IsFinal) ?? await talk.ReadToAsync<RealtimeTranscript>(t => t.IsFinal);
        Assert.Contains("bread", heard.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Turn_OfAVoice_ItsEndIsFoundWhereTheModelCan()
    {
        Assert.SkipUnless(Create().Capabilities.EndsTurns, "The model does not find the ends of turns.");
        await using var talk = await BeginAsync(endsTurns: true);
        await SayAsync(talk);
        talk.Silence(6);

        Assert.True((await talk.ReadToAsync<RealtimeTurnCommitted>()).ByModel);
        Assert.Empty(talk.Seen.OfType<RealtimeAnswerEvent>());
    }

    [Fact]
    public async Task Text_GivenToBeSaid_IsSaidAndItsCostIsTold()
    {
        Assert.SkipUnless(Create().Capabilities.SpeaksGivenText, "The model does not say given words.");
        await using var talk = await BeginAsync();
        talk.Connection.Respond(new RealtimeRequest("a") { Text = "Your table is ready." });

        await talk.ReadToAnswerAsync("a");
        AssertSpoken(talk, "a");
        Assert.Contains("table", Words(talk, "a"), StringComparison.OrdinalIgnoreCase);
        Assert.True(talk.Seen.OfType<RealtimeAnswerEnded>().Single().Usage?.OutputTokenCount > 0);
    }

    [Fact]
    public async Task History_OfTheSession_IsKnownToTheModel()
    {
        await using var talk = await BeginAsync(history: [new UserMessage("user-1", TimeSpan.Zero, "My name is John. Answer everything with my name.", "user")]);
        talk.Connection.Respond(new RealtimeRequest("a"));

        await talk.ReadToAnswerAsync("a");
        Assert.Contains("john", Words(talk, "a"), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Cancel_InTheMiddle_TheNextIsAnsweredAndNothingElseComes()
    {
        await using var talk = await BeginAsync(history: [new UserMessage("user-1", TimeSpan.Zero, "Tell me a very long story about a king.", "user")]);
        talk.Connection.Respond(new RealtimeRequest("a"));
        var sound = await talk.ReadToAsync<RealtimeAudio>();
        talk.Connection.Cancel("a");
        talk.Connection.Truncate(sound.ItemId, TimeSpan.FromMilliseconds(100));
        talk.Connection.Add(new UserMessage("user-2", TimeSpan.Zero, "Stop. Say hello.", "user"));
        talk.Connection.Respond(new RealtimeRequest("b"));

        await talk.ReadToAnswerAsync("b");
        AssertSpoken(talk, "b");
        Assert.DoesNotContain(talk.Seen.OfType<RealtimeAnswerEnded>(), e => e.RequestId == "a");
    }

    [Fact]
    public async Task Commit_NothingWasHeard_IsAnsweredByAnEmptyTurn()
    {
        await using var talk = await BeginAsync();
        talk.Connection.Commit();

        Assert.Equal(new RealtimeTurnCommitted("", ByModel: false), await talk.ReadToAsync<RealtimeTurnCommitted>());
    }

    private static string Words(RealtimeTalk talk, string request) => string.Concat(talk.Seen.OfType<RealtimeText>().Where(e => e.RequestId == request).Select(e => e.Delta));

    private static void AssertSpoken(RealtimeTalk talk, string request)
    {
        var sound = talk.Seen.OfType<RealtimeAudio>().Where(e => e.RequestId == request).Sum(e => e.Frame.Duration.TotalSeconds);
        Assert.InRange(sound, 0.3, 120);
        Assert.False(string.IsNullOrWhiteSpace(Words(talk, request)));
        Assert.Null(talk.Seen.OfType<RealtimeAnswerEnded>().Single(e => e.RequestId == request).Error);
    }

    private async Task SayAsync(RealtimeTalk talk)
    {
        var spoken = await LocalEngines.SayAsync(Sentence);
        var resampler = new Resampler(SpokenRateHz, Create().Capabilities.InputSampleRateHz);
        var samples = new short[resampler.MaxOutput(spoken.Length)];
        talk.Push(samples.AsSpan(0, resampler.Process(spoken, samples)));
    }

    private Task<RealtimeTalk> BeginAsync(bool endsTurns = false, IReadOnlyList<HistoryItem>? history = null) => RealtimeTalk.BeginAsync(
        Create(),
        new RealtimeSetup { Instructions = "You are a friendly waiter. Answer in one short English sentence.", EndsTurns = endsTurns, Transcribes = true, History = history ?? [] },
        s_patience,
        Cancellation);
}
