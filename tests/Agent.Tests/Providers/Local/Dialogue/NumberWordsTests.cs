using Agent.Providers.Local.Dialogue;
using FsCheck;
using FsCheck.Fluent;

namespace Agent.Tests.Providers.Local.Dialogue;

public sealed class NumberWordsTests
{
    [Theory]
    [InlineData(0, "zero")]
    [InlineData(21, "twenty one")]
    [InlineData(100, "one hundred")]
    [InlineData(342, "three hundred and forty two")]
    [InlineData(-5, "minus five")]
    [InlineData(9_999, "nine thousand nine hundred and ninety nine")]
    public void Write_ANumber_IsWhatPeopleSay(int number, string words) => Assert.Equal(words, NumberWords.Write(number));

    [Fact]
    public void Read_OfWhatWasWritten_IsTheNumber() =>
        Prop.ForAll(Gen.Choose(0, 9_999).ToArbitrary(), number =>
        {
            var words = NumberWords.Write(number).Split(' ');
            return NumberWords.Read(words, 0, out var length) == number && length == words.Length;
        }).QuickCheckThrowOnFailure();
}
