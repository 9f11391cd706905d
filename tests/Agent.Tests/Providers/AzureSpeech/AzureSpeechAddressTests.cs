using Agent.Pipeline.Errors;
using Agent.Providers.AzureSpeech;
using Agent.Providers.AzureSpeech.Recognition;
using Agent.Providers.AzureSpeech.Synthesis;

namespace Agent.Tests.Providers.AzureSpeech;

public sealed class AzureSpeechAddressTests
{
    [Theory]
    [InlineData("westeurope", "wss://westeurope.stt.speech.microsoft.com/stt/speech/universal/v2", "wss://westeurope.tts.speech.microsoft.com/cognitiveservices/websocket/v2")]
    [InlineData("chinaeast2", "wss://chinaeast2.stt.speech.azure.cn/stt/speech/universal/v2", "wss://chinaeast2.tts.speech.azure.cn/cognitiveservices/websocket/v2")]
    [InlineData("usgovarizona", "wss://usgovarizona.stt.speech.azure.us/stt/speech/universal/v2", "wss://usgovarizona.tts.speech.azure.us/cognitiveservices/websocket/v2")]
    public void Of_Region_AreItsHosts(string region, string recognition, string synthesis)
    {
        var options = new AzureSpeechOptions { Region = region };

        Assert.Equal((new Uri(recognition), new Uri(synthesis)), (AzureSpeechAddress.Recognition(options, ""), AzureSpeechAddress.Synthesis(options)));
    }

    [Theory]
    [InlineData("https://my-resource.cognitiveservices.azure.com/", "wss://my-resource.cognitiveservices.azure.com/stt/speech/universal/v2", "wss://my-resource.cognitiveservices.azure.com/tts/cognitiveservices/websocket/v2")]
    [InlineData("http://127.0.0.1:5000", "ws://127.0.0.1:5000/stt/speech/universal/v2", "ws://127.0.0.1:5000/tts/cognitiveservices/websocket/v2")]
    [InlineData("https://eastus.api.cognitive.microsoft.com/", "wss://eastus.stt.speech.microsoft.com/stt/speech/universal/v2", "wss://eastus.tts.speech.microsoft.com/cognitiveservices/websocket/v2")]
    public void Of_OwnAddress_AreBelowIt(string address, string recognition, string synthesis)
    {
        var options = new AzureSpeechOptions { BaseUrl = new Uri(address), Region = "ignored" };

        Assert.Equal((new Uri(recognition), new Uri(synthesis)), (AzureSpeechAddress.Recognition(options, ""), AzureSpeechAddress.Synthesis(options)));
    }

    [Fact]
    public void Of_Markup_IsTheFirstVersion() => Assert.Equal(
        new Uri("wss://westus.voice.speech.microsoft.com/cognitiveservices/websocket/v1?deploymentId=my%20voice"),
        AzureSpeechAddress.Synthesis(new AzureSpeechOptions { Region = "westus", SynthesisInput = AzureSynthesisInput.Ssml, SynthesisDeploymentId = "my voice" }));

    [Fact]
    public void Require_NeitherRegionNorAddress_SaysWhatToSet()
    {
        var error = Assert.Throws<ConfigurationException>(() => AzureSpeechAddress.Require(new AzureSpeechOptions(), "azure/speech"));

        Assert.Contains("AZURE_SPEECH_REGION", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en-US-AvaMultilingualNeural", "en-US")]
    [InlineData("en-US-Ava:DragonHDLatestNeural", "en-US")]
    [InlineData("zh-CN-shandong-YunxiangNeural", "zh-CN")]
    [InlineData("iu-Cans-CA-SiqiniqNeural", "iu-Cans-CA")]
    [InlineData("MyVoiceNeural", "en-US")]
    public void LanguageOf_Voice_IsTheBeginningOfItsName(string voice, string language) => Assert.Equal(language, SynthesisSettings.LanguageOf(voice));

    [Theory]
    [InlineData("english language")]
    [InlineData("e")]
    [InlineData("en-US+")]
    [InlineData("1-2")]
    public void RequireLanguages_NoTag_IsRefused(string languages) =>
        Assert.Throws<ConfigurationException>(() => RecognitionSettings.RequireLanguages($"azure/speech:{languages}", languages));
}
