using Agent.Pipeline.EndOfTurn;
using Agent.Pipeline.Errors;
using Agent.Worker.Agents;
using Agent.Worker.Configuration;
using Microsoft.Extensions.Options;

namespace Agent.Tests.Worker.Agents;

public sealed class TurnDetectorShelfTests : IDisposable
{
    private readonly TurnDetectorShelf _shelf = new(Options.Create(new NativeOptions()));

    [Theory]
    [InlineData("")]
    [InlineData("text")]
    [InlineData("Text")]
    [InlineData("text:de")]
    public void Get_Text_JudgesTheWords(string setting) => Assert.IsType<TextTurnDetector>(_shelf.Get("clerk", setting));

    [Fact]
    public async Task Get_TextWithLanguage_TakesItForWordsOfUnknownLanguage()
    {
        var question = new TurnQuestion { Text = "ich möchte einen Tisch für" };
        var german = await _shelf.Get("clerk", "text:de")!.EstimateAsync(question, TestContext.Current.CancellationToken);
        Assert.True(german!.Probability < 0.5, $"a German sentence that breaks off is finished to {german.Probability}");
    }

    [Fact]
    public void Get_None_IsNone() => Assert.Null(_shelf.Get("clerk", "none"));

    [Fact]
    public void Get_SameSetting_IsTheSameDetector() => Assert.Same(_shelf.Get("clerk", "text"), _shelf.Get("waiter", "text"));

    [Theory]
    [InlineData("txt")]
    [InlineData("onnx")]
    [InlineData("onnx:")]
    [InlineData("none:de")]
    public void Get_Unknown_SaysWhatThereIs(string setting)
    {
        var error = Assert.Throws<ConfigurationException>(() => _shelf.Get("clerk", setting));
        Assert.Contains($"'{setting}'", error.Message, StringComparison.Ordinal);
        Assert.Contains("onnx:PATH", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Get_OnnxModelThatIsNotThere_NamesTheFile()
    {
        var error = Assert.Throws<ConfigurationException>(() => _shelf.Get("clerk", "onnx:/nowhere/a:b.onnx"));
        Assert.Contains("/nowhere/a:b.onnx", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Get_UnknownLanguage_IsRefused() =>
        Assert.Contains("xx", Assert.Throws<ConfigurationException>(() => _shelf.Get("clerk", "text:xx")).Message, StringComparison.Ordinal);

    public void Dispose() => _shelf.Dispose();
}
