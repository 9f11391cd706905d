using Agent.LoopbackVendors.Faults;
using Agent.Pipeline.Errors;
using Agent.Pipeline.Speech;
using Agent.Providers.Catalog;
using Agent.Providers.OpenAi.Speech.Synthesis;
using Agent.Tests.Providers.Contracts;

namespace Agent.Tests.Providers.OpenAi.Speech;

/// <summary>What is special about OpenAI's synthesizers.</summary>
public sealed class OpenAiSynthesisTests
{
    private const string Provider = "openai/gpt-4o-mini-tts";
    private const string Endpoint = "openai/speech";

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_PiecesSomeWithNothingToSay_EachEndsOnceAndNoSampleIsLost()
    {
        await using var stage = await StageAsync();

        var (samples, ends, _) = await SpeakAsync(stage, "Hello", "...", "there,", "", "you!");

        Assert.Equal(5, ends);
        Assert.Equal(1_440 * ("Hello".Length + "there,".Length + "you!".Length), samples);
    }

    [Fact]
    public async Task Read_SoundAsEvents_CountsTokens()
    {
        await using var stage = await StageAsync(("CountTokens", "true"));

        var (samples, ends, usage) = await SpeakAsync(stage, "Hello there", "you");

        Assert.Equal((1_440 * 14, 2), (samples, ends));
        Assert.True(usage is { InputTokens: > 0, OutputTokens: > 0, Characters: 14 }, usage.ToString());
    }

    [Theory]
    [InlineData(FaultKind.HalfClose)]
    [InlineData(FaultKind.Garbage)]
    [InlineData(FaultKind.ErrorMessage)]
    public async Task Read_EventsFailInTheMiddle_Throws(FaultKind fault)
    {
        await using var stage = await StageAsync(("CountTokens", "true"));
        stage.Vendors.Faults.Always(Endpoint, new Fault(fault));

        var error = await Assert.ThrowsAsync<ProviderException>(() => SpeakAsync(stage, "Hello there"));

        Assert.True(error.IsTransient);
        stage.AssertDiscreet(["Hello"], error);
    }

    [Fact]
    public async Task Write_SecondPiece_IsRequestedWhileTheFirstIsSpokenAndTheThirdIsNot()
    {
        await using var stage = await StageAsync(("../Resilience:IdleTimeout", "00:05:00"));
        stage.Vendors.Faults.Next(Endpoint, new Fault(FaultKind.HangAfterFirstByte));
        var synthesis = await stage.Catalog.GetTextToSpeech(Provider).BeginAsync(Cancellation);

        // Requests that are under way together may come in any order: the one that hangs has to be there first.
        await synthesis.WriteAsync("one", Cancellation);
        await stage.Vendors.Requests.WaitAsync(log => log.Of(Endpoint).Count == 1, Cancellation).WaitAsync(s_patience, Cancellation);
        await synthesis.WriteAsync("two", Cancellation);
        await synthesis.WriteAsync("three", Cancellation);

        // The second is complete while nothing more comes of the first.
        await stage.Vendors.Requests.WaitAsync(log => log.Of(Endpoint).Any(request => request.Events.Contains("completed")), Cancellation).WaitAsync(s_patience, Cancellation);
        await synthesis.DisposeAsync();

        Assert.Equal(2, stage.Vendors.Requests.Of(Endpoint).Count);
    }

    [Fact]
    public async Task Write_LongerThanOneRequestMayBe_IsSpokenInParts()
    {
        await using var stage = await StageAsync();
        var sentence = new string('m', 99) + ". ";
        var text = string.Concat(Enumerable.Repeat(sentence, 50)).Trim();

        var (samples, ends, usage) = await SpeakAsync(stage, text);

        Assert.Equal((1, 2), (ends, stage.Vendors.Requests.Of(Endpoint).Count));
        Assert.Equal(text.Length - 1, usage.Characters);
        Assert.Equal(1_440L * (text.Length - 1), samples);
    }

    [Fact]
    public void CutAt_NoWhiteSpace_NeverCutsAPair() => Assert.Equal(3, SpeechText.CutAt("abc\U0001F600def", 4));

    [Fact]
    public async Task Validate_InstructionsForAModelThatTakesNone_SaysSo()
    {
        await using var stage = await StageAsync(("Instructions", "Whisper."));

        Assert.Throws<ConfigurationException>(() => stage.Catalog.Validate(ProviderKind.TextToSpeech, "openai/tts-1"));
    }

    private static Task<ProviderStage> StageAsync(params (string Name, string Value)[] settings) => ProviderStage.StartAsync(
        settings: settings.ToDictionary(
            setting => setting.Name.StartsWith("../", StringComparison.Ordinal) ? $"Providers:OpenAi:{setting.Name[3..]}" : $"Providers:OpenAi:Speech:{setting.Name}",
            setting => (string?)setting.Value,
            StringComparer.Ordinal));

    private static async Task<(long Samples, int Ends, SpeechUsage Usage)> SpeakAsync(ProviderStage stage, params string[] pieces)
    {
        await using var synthesis = await stage.Catalog.GetTextToSpeech(Provider).BeginAsync(Cancellation);
        foreach (var piece in pieces)
            await synthesis.WriteAsync(piece, Cancellation);
        synthesis.Complete();
        var (samples, ends) = (0L, 0);
        await foreach (var sound in synthesis.ReadAsync(Cancellation))
        {
            using var frame = sound.Frame;
            Assert.Equal(samples, frame.Position);
            samples += frame.Samples.Length;
            ends += sound.EndsPiece ? 1 : 0;
        }

        return (samples, ends, synthesis.Usage);
    }
}
