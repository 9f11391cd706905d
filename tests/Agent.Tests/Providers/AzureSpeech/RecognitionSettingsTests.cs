using System.Text.Json;
using Agent.Providers.AzureSpeech;
using Agent.Providers.AzureSpeech.Recognition;

namespace Agent.Tests.Providers.AzureSpeech;

public sealed class RecognitionSettingsTests
{
    [Fact]
    public void Create_OneLanguage_IsAsMicrosoftsSdkSaysIt()
    {
        var settings = RecognitionSettings.Create("speech", "de-DE", new AzureSpeechOptions());

        Assert.Equal("language=de-DE&format=detailed&wordLevelTimestamps=true", settings.Query);
        Assert.Equal(
            """{"phraseDetection":{"mode":"Conversation","language":"de-DE"},"phraseOutput":{"format":"Detailed","detailed":{"options":["WordTimings","DisplayWordTimings"]}}}""",
            Json(settings));
    }

    [Fact]
    public void Create_SeveralLanguages_AreDetected()
    {
        var settings = RecognitionSettings.Create("conversation", "en-US+de-DE", new AzureSpeechOptions());

        Assert.Equal("format=detailed&wordLevelTimestamps=true&lidEnabled=true", settings.Query);
        var context = JsonElement.Parse(settings.Context.Span);
        Assert.Equal(
            """{"languages":["en-US","de-DE"],"mode":"DetectContinuous","onSuccess":{"action":"Recognize"},"onUnknown":{"action":"None"},"priority":"PrioritizeLatency"}""",
            context.GetProperty("languageId").GetRawText());
        Assert.False(context.GetProperty("phraseDetection").TryGetProperty("language", out _));
        Assert.Equal("""{"resultType":"Auto"}""", context.GetProperty("phraseOutput").GetProperty("interimResults").GetRawText());
    }

    [Fact]
    public void Create_WithPhrasesAndMore_SaysThem()
    {
        var options = new AzureSpeechOptions
        {
            Phrases = ["Contoso", "Jessie O'Brien"],
            Profanity = AzureProfanity.Raw,
            SegmentationSilence = TimeSpan.FromMilliseconds(300),
            RecognitionEndpointId = "a b",
        };

        var settings = RecognitionSettings.Create("dictation", "en-US", options);

        Assert.Equal("cid=a%20b&format=detailed&wordLevelTimestamps=true&profanity=raw", settings.Query);
        Assert.Equal(
            """{"phraseDetection":{"mode":"Dictation","language":"en-US","dictation":{"segmentation":{"mode":"Custom","segmentationSilenceTimeoutMs":300}},"enrichment":{"profanity":"Raw"}},"phraseOutput":{"format":"Detailed","detailed":{"options":["WordTimings","DisplayWordTimings"]}},"dgi":{"groups":[{"type":"Generic","items":[{"text":"Contoso"},{"text":"Jessie O'Brien"}]}],"bias":1}}""",
            Json(settings));
    }

    private static string Json(RecognitionSettings settings) => System.Text.Encoding.UTF8.GetString(settings.Context.Span);
}
