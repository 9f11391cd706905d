using Agent.Playground.Check;

namespace Agent.Tests.Playground.Check;

public class WordRecallTests
{
    [Theory]
    [InlineData("Hello, John!", "hello john", 1)]
    [InlineData("one two three four", "one two tree four", 0.75)]
    [InlineData("1, 2, 3 and 42", "one two three and forty two", 1)]
    [InlineData("don't stop", "dont stop", 1)]
    [InlineData("a b c d", "d c b a", 0.25)]
    [InlineData("a b", "", 0)]
    [InlineData("", "whatever", 1)]
    public void Of_SaidAndHeard_IsThePartThatArrivedInOrder(string said, string heard, double expected) =>
        Assert.Equal(expected, WordRecall.Of(said, heard), 3);
}
