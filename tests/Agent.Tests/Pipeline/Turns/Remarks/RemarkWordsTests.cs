using Agent.Pipeline.Turns;

namespace Agent.Tests.Pipeline.Turns.Remarks;

public class RemarkWordsTests
{
    [Theory]
    [InlineData("")]
    [InlineData(" … ")]
    public void Judge_NoWord_IsNone(string text) => Assert.Equal(Remark.None, RemarkWords.Usual.Judge(text));

    [Theory]
    [InlineData("Mm-hm.")]
    [InlineData("mmmmm")]
    [InlineData("Uh-huh, yeah.")]
    [InlineData("yeah yeah yeah")]
    [InlineData("Okay, I see")]
    [InlineData("right, that makes sense")]
    [InlineData("Oh, really?")]
    [InlineData("ja genau")]
    [InlineData("Ah d’accord")]
    [InlineData("claro que sí")]
    public void Judge_OnlySignsOfListening_IsBackchannel(string text) => Assert.Equal(Remark.Backchannel, RemarkWords.Usual.Judge(text));

    [Theory]
    [InlineData("Stop!")]
    [InlineData("stop it please")]
    [InlineData("No, wait a second")]
    [InlineData("okay okay hold on")]
    [InlineData("could you stop")]
    [InlineData("oh no no")]
    [InlineData("Moment mal")]
    [InlineData("excusez-moi")]
    public void Judge_BeginsWithAWishForSilence_IsStop(string text) => Assert.Equal(Remark.Stop, RemarkWords.Usual.Judge(text));

    [Theory]
    [InlineData("yeah but I wanted another")]
    [InlineData("I can't wait to see it")]
    [InlineData("the bus stop is over there")]
    [InlineData("pizza")]
    [InlineData("no")]
    public void Judge_AnythingElse_IsSpeech(string text) => Assert.Equal(Remark.Speech, RemarkWords.Usual.Judge(text));

    [Theory]
    [InlineData("I")]
    [InlineData("The.")]
    [InlineData("aber")]
    public void Judge_AWordThatIsNothingAlone_IsAFragment(string text) => Assert.Equal(Remark.Fragment, RemarkWords.Usual.Judge(text));

    [Theory]
    [InlineData("I", Remark.Backchannel)]
    [InlineData("okay that makes", Remark.Backchannel)]
    [InlineData("I would", Remark.Speech)]
    public void Judge_MoreMayFollow_ABeginningOfASignIsNotYetSpeech(string text, object remark) =>
        Assert.Equal((Remark)remark, RemarkWords.Usual.Judge(text, mayGoOn: true));

    [Fact]
    public void Judge_WordsOfOnesOwn_AreKnownInAnyCase()
    {
        var words = new RemarkWords(RemarkLanguage.All, ["Roger that"], ["Basta", "okay"]);
        Assert.Equal(Remark.Backchannel, words.Judge("roger THAT."));
        Assert.Equal(Remark.Stop, words.Judge("basta"));
        Assert.Equal(Remark.Stop, words.Judge("okay"));
    }

    [Fact]
    public void Judge_AnyText_TakesItsTime()
    {
        var random = new Random(5);
        for (var i = 0; i < 2_000; i++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(200)).Select(_ => (char)random.Next(0x20, 0x3000))]);
            var remark = RemarkWords.Usual.Judge(text);
            Assert.Equal(remark == Remark.None, SpokenWords.Split(text).Count == 0);
        }
    }
}
