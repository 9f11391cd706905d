using Agent.Pipeline.Text;

namespace Agent.Tests.Pipeline.Text;

public class SpeechChunkerTests
{
    [Theory]
    [InlineData("Hello there. How are you today, my friend? I am fine.", "Hello there.|How are you today, my friend?|I am fine.")]
    [InlineData("Well, of course I can do that for you, let me see.", "Well, of course I can do that for you,|let me see.")]
    [InlineData("It costs $3.50 in total, plus 1,000 points. Is that all right?", "It costs $3.50 in total,|plus 1,000 points. Is that all right?")]
    [InlineData("Dr. Smith and Mrs. Jones met at 5 p.m. in the afternoon. They talked about it for hours.", "Dr. Smith and Mrs. Jones met at 5 p.m. in the afternoon.|They talked about it for hours.")]
    [InlineData("J. S. Bach wrote this one himself. It is a very famous piece.", "J. S. Bach wrote this one himself.|It is a very famous piece.")]
    [InlineData("Visit https://example.com/a.b?c=1.5 for more details. Write to me.you@example.org today!", "Visit https://example.com/a.b?c=1.5 for more details.|Write to me.you@example.org today!")]
    [InlineData("今天天气很好。我们去公园吧，你觉得怎么样？", "今天天气很好。|我们去公园吧，你觉得怎么样？")]
    [InlineData("مرحبا كيف حالك اليوم؟ أنا بخير والحمد لله.", "مرحبا كيف حالك اليوم؟|أنا بخير والحمد لله.")]
    [InlineData("Wait... what do you mean by that? Really?!", "Wait...|what do you mean by that?|Really?!")]
    [InlineData("\"Stop it right now!\" he said to the dog. And that was that.", "\"Stop it right now!\"|he said to the dog. And that was that.")]
    public void Add_TokenByToken_CutsWhereAPersonWouldBreathe(string text, string expected)
    {
        Assert.Equal(expected, string.Join('|', Chunk(text, 3)));
        Assert.Equal(expected, string.Join('|', Chunk(text, 1)));
    }

    [Theory]
    [InlineData("# Title\n\nThis is **very** *important*, and `code` too.\n- first\n- second", "Title|This is very important, and code too.|first|second")]
    [InlineData("See [the manual](https://example.com/x_y) now 😀👍🏽!", "See the manual now !")]
    [InlineData("1. Wash the apples first. 2. Peel them with care.", "1. Wash the apples first.|2. Peel them with care.")]
    [InlineData("__Note__: snake_case_names stay, _emphasis_ goes.", "Note: snake_case_names stay,|emphasis goes.")]
    public void Add_Markdown_BecomesSpeakable(string text, string expected) => Assert.Equal(expected, string.Join('|', Chunk(text, 4)));

    [Fact]
    public void Add_FirstClause_ComesBeforeTheSentenceIsOver()
    {
        var pieces = new List<string>();
        var chunker = new SpeechChunker();
        chunker.Add("Yes of course, I ", pieces);
        Assert.Equal(["Yes of course,"], pieces);
    }

    [Fact]
    public void Add_NoPunctuationAtAll_CutsBetweenWordsInTheEnd()
    {
        var text = string.Join(' ', Enumerable.Range(0, 200).Select(i => $"word{i}"));
        var pieces = Chunk(text, 5);
        Assert.True(pieces.Count > 3);
        Assert.All(pieces, piece => Assert.InRange(piece.Length, 1, 260));
        Assert.Equal(text, string.Join(' ', pieces));
    }

    [Fact]
    public void Add_AnyTokens_LosesNoLetter()
    {
        var random = new Random(3);
        const string Alphabet = "abc. ,!?\n1。é(\"";
        for (var run = 0; run < 2_000; run++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(1, 80)).Select(_ => Alphabet[random.Next(Alphabet.Length)])]);
            var letters = string.Concat(Chunk(text, random.Next(1, 9)).SelectMany(piece => piece.Where(char.IsLetterOrDigit)));
            Assert.Equal(string.Concat(text.Where(char.IsLetterOrDigit)), letters);
        }
    }

    private static List<string> Chunk(string text, int tokenLength)
    {
        var pieces = new List<string>();
        var chunker = new SpeechChunker();
        for (var i = 0; i < text.Length; i += tokenLength)
            chunker.Add(text.Substring(i, Math.Min(tokenLength, text.Length - i)), pieces);
        chunker.Finish(pieces);
        return pieces;
    }
}
