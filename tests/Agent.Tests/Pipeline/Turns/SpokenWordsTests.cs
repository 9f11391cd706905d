using Agent.Pipeline.Turns;

namespace Agent.Tests.Pipeline.Turns;

public class SpokenWordsTests
{
    [Theory]
    [InlineData("what time is it", "What time is it?", true)]
    [InlineData("five five five", "555", false)]
    [InlineData("ada@example.com", "Ada at example.com", false)]
    [InlineData("it's", "its", true)]
    [InlineData("what time", "what time is it", false)]
    [InlineData("what time is it", "what time", false)]
    [InlineData("", "?!", true)]
    [InlineData("", "a", false)]
    [InlineData("Ärger", "ärger", true)]
    public void IsSame_TwoTexts_ComparesLettersAndDigitsOnly(string a, string b, bool same)
    {
        Assert.Equal(same, SpokenWords.IsSame(a, b));
        Assert.Equal(same, SpokenWords.IsSame(b, a));
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("  ", 0)]
    [InlineData("one", 1)]
    [InlineData(" one  two\tthree ", 3)]
    public void CountWords_Text_CountsWhatSpacesSeparate(string text, int words) => Assert.Equal(words, SpokenWords.CountWords(text));
}
