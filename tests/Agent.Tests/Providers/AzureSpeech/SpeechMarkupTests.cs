using System.Xml.Linq;
using Agent.Providers.AzureSpeech;
using Agent.Providers.AzureSpeech.Synthesis;
using FsCheck;
using FsCheck.Fluent;

namespace Agent.Tests.Providers.AzureSpeech;

public sealed class SpeechMarkupTests
{
    private static readonly XNamespace s_ssml = "http://www.w3.org/2001/10/synthesis";

    [Fact]
    public void Write_AnyText_IsADocumentThatSaysIt() => Prop.ForAll<NonNull<string>>(text =>
    {
        var document = XElement.Parse(new SpeechMarkup("en-US-AvaNeural", "en-US", new AzureSpeechOptions()).Write(text.Get), LoadOptions.PreserveWhitespace);

        // XML has no place for control characters, and reads line breaks of any kind as one.
        var expected = new string([.. text.Get.Where(c => c >= ' ' && System.Xml.XmlConvert.IsXmlChar(c))]);
        Assert.Equal(expected, new string([.. document.Value.Where(c => c >= ' ')]));
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("Is 3 < 5 & 7 > 2?")]
    [InlineData("<speak><break time='5s'/></speak> ]]> &amp; <!-- there")]
    [InlineData("😀👍🏽 שלום \ud800 lone")]
    public void Write_OddText_StaysText(string text)
    {
        var document = XElement.Parse(new SpeechMarkup("en-US-AvaNeural", "en-US", new AzureSpeechOptions()).Write(text));

        Assert.Equal(text.Replace("\ud800", "", StringComparison.Ordinal), document.Value);
        Assert.Single(document.Elements());
    }

    [Fact]
    public void Write_WithProsodyAndStyle_WrapsTheText()
    {
        var options = new AzureSpeechOptions { Rate = "+10%", Pitch = "-2st", Volume = "soft", Style = "cheerful" };

        var document = XElement.Parse(new SpeechMarkup("en-US-Ava:DragonHDLatestNeural", "en-US", options).Write("Hello."));

        var prosody = document.Descendants(s_ssml + "prosody").Single();
        Assert.Equal(("+10%", "-2st", "soft"), ((string?)prosody.Attribute("rate"), (string?)prosody.Attribute("pitch"), (string?)prosody.Attribute("volume")));
        Assert.Equal("cheerful", (string?)document.Descendants(XNamespace.Get("http://www.w3.org/2001/mstts") + "express-as").Single().Attribute("style"));
        Assert.Equal("en-US-Ava:DragonHDLatestNeural", (string?)document.Element(s_ssml + "voice")!.Attribute("name"));
        Assert.Equal("en-US", (string?)document.Attribute(XNamespace.Xml + "lang"));
    }
}
