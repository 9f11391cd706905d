using System.Globalization;
using System.Text.RegularExpressions;
using Agent.Pipeline.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Agent.Tests.Pipeline.Text;

public partial class SpeechChunkerTests
{
    private const int Samples = 2_000;

    // Texts that go wrong easily, to be put together at random.
    private static readonly string[] s_snippets =
    [
        "Hello there. ", "Dr. Smith paid $3.50, ", "call 555, 123, 4567 ", "at 10:30 p.m. Then ", "see https://a.b/c_d?e=1,2.5&f=*g* ", "or me.you@x.org. ",
        "**bold** and _it_ ", "`a_b` ", "[a link](http://x.y/(z)) ", "[1] ", "[open ", "- item\n", "# Head\n", "```\ncode\n```\n", "```cs\nvar x;\n```\n", "| a | b |\n|---|---|\n",
        "今天天气很好。", "我们去公园吧，", "「好！」", "ありがとうございます", "สวัสดีครับ ", "مرحبا، كيف حالك؟ ", "שלום. ", "नमस्ते। ", "¿Qué? ", "Bonjour ! ", "« Oui ! » ", "👩‍👩‍👧 ", "❤️", "1️⃣ ", "🇩🇪",
        "Wait... ", "e\u0301a\u0308 ", "5 * 3 ", "f***ing ", "<br>", "<b>x</b> ", "&amp; ", "a < b ", "\\(x^2\\) ", "$x$ ", "z. B. so ", "— well — ", "\n\n", "  ", "!", "\"", ")", "*", "_", "`", "a", "7",
        "and because the weather was so nice that we all went out to the sea together ", "Donaudampfschifffahrtsgesellschaftskapitän",
    ];

    [Theory]
    [InlineData("Hello there. How are you today, my friend? I am fine.", "Hello there.|How are you today, my friend?|I am fine.")]
    [InlineData("Well, of course I can do that for you, let me see.", "Well, of course I can do that for you,|let me see.")]
    [InlineData("It costs $3.50 in total, plus 1,000 points. Is that all right?", "It costs $3.50 in total,|plus 1,000 points. Is that all right?")]
    [InlineData("Dr. Smith and Mrs. Jones met at 5 p.m. in the afternoon. They talked about it for hours.", "Dr. Smith and Mrs. Jones met at 5 p.m. in the afternoon.|They talked about it for hours.")]
    [InlineData("It is 5 p.m. Shall we go home now?", "It is 5 p.m.|Shall we go home now?")]
    [InlineData("The U.S. Army uses v2.0 of it, e.g. Boston. And so on.", "The U.S. Army uses v2.0 of it,|e.g. Boston. And so on.")]
    [InlineData("J. S. Bach wrote this one himself. It is a very famous piece.", "J. S. Bach wrote this one himself.|It is a very famous piece.")]
    [InlineData("No. 5 is alive. No. Absolutely not, my friend.", "No. 5 is alive.|No. Absolutely not, my friend.")]
    [InlineData("Visit https://example.com/a.b?c=1.5 for more details. Write to me.you@example.org today!", "Visit https://example.com/a.b?c=1.5 for more details.|Write to me.you@example.org today!")]
    [InlineData("My number is 555, 123, 4567, all right?", "My number is 555, 123, 4567,|all right?")]
    [InlineData("Das ist z. B. am 3. Mai u. a. in Berlin möglich. Oder später.", "Das ist z. B. am 3. Mai u. a. in Berlin möglich.|Oder später.")]
    [InlineData("Bonjour ! Comment allez-vous ? Très bien, merci.", "Bonjour !|Comment allez-vous ? Très bien, merci.")]
    [InlineData("Il a dit « Bonjour ! » et il est parti.", "Il a dit « Bonjour ! »|et il est parti.")]
    [InlineData("¿Qué tal? ¡Muy bien! Gracias.", "¿Qué tal?|¡Muy bien! Gracias.")]
    [InlineData("今天天气很好。我们去公园吧，你觉得怎么样？", "今天天气很好。|我们去公园吧，你觉得怎么样？")]
    [InlineData("他说：「好！」然后走了。", "他说：「好！」|然后走了。")]
    [InlineData("ありがとうございます、元気です。", "ありがとうございます、|元気です。")]
    [InlineData("สวัสดีครับ วันนี้อากาศดีมาก", "สวัสดีครับ|วันนี้อากาศดีมาก")]
    [InlineData("مرحبا كيف حالك اليوم؟ أنا بخير والحمد لله.", "مرحبا كيف حالك اليوم؟|أنا بخير والحمد لله.")]
    [InlineData("שלום לכולם, מה שלומכם היום? אני בסדר.", "שלום לכולם, מה שלומכם היום?|אני בסדר.")]
    [InlineData("नमस्ते। आप कैसे हैं? मैं ठीक हूँ।", "नमस्ते।|आप कैसे हैं? मैं ठीक हूँ।")]
    [InlineData("Wait... what do you mean by that? Really?!", "Wait...|what do you mean by that?|Really?!")]
    [InlineData("\"Stop it right now!\" he said to the dog. And that was that.", "\"Stop it right now!\"|he said to the dog. And that was that.")]
    [InlineData("He waited for it (all day.) Then he left, sad. \"Why?\" she asked.", "He waited for it (all day.)|Then he left, sad. \"Why?\"|she asked.")]
    [InlineData("So did I. Then we went home.", "So did I.|Then we went home.")]
    [InlineData("I went there—finally—and saw it.", "I went there—|finally—and saw it.")]
    [InlineData("...and then there was light, you see.", "...and then there was light,|you see.")]
    public void Add_TokenByToken_CutsWhereAPersonWouldBreathe(string text, string expected)
    {
        Assert.Equal(expected, Joined(Chunk(text, 3)));
        Assert.Equal(expected, Joined(Chunk(text, 1)));
        Assert.Equal(expected, Joined(Chunk(text, text.Length)));
    }

    [Fact]
    public void Add_FirstClause_ComesBeforeTheSentenceIsOver()
    {
        var pieces = new List<string>();
        var chunker = new SpeechChunker();
        chunker.Add("Yes of course,", pieces);
        Assert.Empty(pieces);
        chunker.Add(" I", pieces);
        Assert.Equal(["Yes of course,"], pieces);
    }

    [Fact]
    public void Add_LongFirstSentenceWithoutAMark_IsDividedBeforeAConjunction()
    {
        var pieces = Chunk("The train that you want to take leaves from the main station every hour and it needs forty minutes to the airport.", 4);
        Assert.Equal("The train that you want to take leaves from the main station every hour| and it needs forty minutes to the airport.", string.Join('|', pieces));
    }

    [Fact]
    public void Add_SecondPiece_IsAWholeSentenceOnlyIfThatComesSoon()
    {
        var pieces = Chunk("Sure thing. I would take the early train on a Monday morning, because it is empty, and you can sleep until you are there.", 4);
        Assert.Equal(["Sure thing.", " I would take the early train on a Monday morning,", " because it is empty, and you can sleep until you are there."], pieces);
    }

    [Fact]
    public void Add_NoPunctuationAtAll_CutsBetweenWordsInTheEnd()
    {
        var text = string.Join(' ', Enumerable.Range(0, 200).Select(i => $"word{i}"));
        var pieces = Chunk(text, 5);
        Assert.True(pieces.Count > 3);
        Assert.All(pieces, piece => Assert.InRange(piece.Length, 1, 260));
        Assert.Equal(text, string.Concat(pieces));
    }

    [Fact]
    public void Add_ThaiWithoutSpacesOrMarks_IsCutBetweenCharactersOnly()
    {
        var text = string.Concat(Enumerable.Repeat("วันนี้อากาศดีมากเลยครับผมจะไปเที่ยวที่ทะเล", 12));
        var pieces = Chunk(text, 7);
        Assert.True(pieces.Count > 3);
        Assert.Equal(text, string.Concat(pieces));
        Assert.Equal(Elements(text), pieces.SelectMany(Elements));
        Assert.All(pieces, piece => Assert.False(piece[^1] is >= 'เ' and <= 'ไ'));
    }

    [Fact]
    public void Add_LongDictation_IsCutBetweenNumbersAndWordsOnly()
    {
        var pieces = Chunk("You can reach him at any time of the day under his number here in town which is still the same 0049, 170, 555, 12, 34, 56, 78 or at home.", 5);
        Assert.Contains(pieces, piece => piece.Contains("0049, 170, 555, 12, 34, 56, 78", StringComparison.Ordinal));
        Assert.True(pieces.Count > 1);
    }

    [Fact]
    public void Add_LongAddress_StaysWhole()
    {
        var address = "https://example.com/" + string.Join('/', Enumerable.Range(0, 80).Select(i => $"a{i}_b.c"));
        Assert.Contains(Chunk($"Have a look at {address} when you can find the time.", 6), piece => piece.Contains(address, StringComparison.Ordinal));
    }

    [Fact]
    public void Finish_ThenMore_BeginsAnewAndKeepsApart()
    {
        var pieces = new List<string>();
        var chunker = new SpeechChunker();
        chunker.Add("Let me look.", pieces);
        chunker.Finish(pieces);
        chunker.Add("It is sunny.", pieces);
        chunker.Finish(pieces);
        Assert.Equal(["Let me look.", " It is sunny."], pieces);
    }

    [Fact]
    public void Finish_NothingToSay_GivesNothing() => Assert.Empty(Chunk("... 😀 \n\n ** -- ) ", 2));

    [Fact]
    public void Add_AnyTextInAnyTokens_GivesTheSamePieces()
    {
        var texts = Gen.Elements(s_snippets).ArrayOf().Select(string.Concat);
        var property = Prop.ForAll(texts.ToArbitrary(), Gen.Choose(1, 1_000_000).ToArbitrary(), (text, seed) =>
        {
            var whole = Chunk(text, Math.Max(1, text.Length));
            var random = new Random(seed);
            return whole.SequenceEqual(Chunk(text, 1)) && whole.SequenceEqual(Chunk(text, () => random.Next(1, 9)));
        });
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Samples), property);
    }

    [Fact]
    public void Add_AnyMarks_GivesTheSamePiecesInWhateverTokens()
    {
        var marks = Gen.Elements([.. "[]()!*_~`$\\{}<>&;|#-=:/.,?\"'^@ \n ab1I好ไ้ー。，\u200D\uFE0F\uD83D\uDE00❤☎"]);
        var texts = Gen.Sized(size => marks.ArrayOf(size * 4)).Select(characters => new string(characters));
        var property = Prop.ForAll(texts.ToArbitrary(), text =>
        {
            var whole = Chunk(text, Math.Max(1, text.Length));
            return whole.SequenceEqual(Chunk(text, 1)) && Speakable.From(text).StartsWith(string.Concat(whole), StringComparison.Ordinal);
        });
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Samples), property);
    }

    [Fact]
    public void Add_AnyText_PiecesAreTheSpeakableTextAndNoneIsEmptyOrCutsAnything()
    {
        var texts = Gen.Elements(s_snippets).ArrayOf().Select(string.Concat);
        var property = Prop.ForAll(texts.ToArbitrary(), text =>
        {
            var whole = Speakable.From(text);
            var pieces = Chunk(text, 3);
            var joined = string.Concat(pieces);
            return whole.StartsWith(joined, StringComparison.Ordinal)
                && !whole[joined.Length..].Any(char.IsLetterOrDigit)
                && pieces.TrueForAll(piece => piece.Any(c => char.IsLetterOrDigit(c) || char.IsSymbol(c)) && piece == piece.TrimEnd())
                && Elements(joined).SequenceEqual(pieces.SelectMany(Elements))
                && Unbroken().Matches(joined).All(match => pieces.Exists(piece => piece.Contains(match.Value, StringComparison.Ordinal)));
        });
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Samples), property);
    }

    [Fact]
    public void Add_AnyCharacters_LosesNoLetter()
    {
        var texts = Gen.Elements([.. "abcI. ,!?\n1。é(\"—"]).ArrayOf().Select(characters => new string(characters));
        var property = Prop.ForAll(texts.ToArbitrary(), text =>
            string.Concat(Chunk(text, 3).SelectMany(piece => piece.Where(char.IsLetterOrDigit))) == string.Concat(text.Where(char.IsLetterOrDigit)));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Samples), property);
    }

    [Fact]
    public void Add_PlainTokens_AllocatesOnlyThePieces()
    {
        var pieces = new List<string>(1_000);
        var chunker = new SpeechChunker();
        Feed(100);
        pieces.Clear();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Feed(1_000);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.InRange(allocated, 1, pieces.Sum(piece => 2 * (2L * piece.Length + 40)));

        void Feed(int sentences)
        {
            for (var i = 0; i < sentences; i++)
            {
                chunker.Add("This sentence", pieces);
                chunker.Add(" is", pieces);
                chunker.Add(" neither long nor short.", pieces);
                chunker.Add(" ", pieces);
            }
        }
    }

    private static string Joined(IEnumerable<string> pieces) => string.Join('|', pieces.Select(piece => piece.Trim()));

    private static List<string> Chunk(string text, int tokenLength) => Chunk(text, () => tokenLength);

    private static List<string> Chunk(string text, Func<int> tokenLength)
    {
        var pieces = new List<string>();
        var chunker = new SpeechChunker();
        for (var i = 0; i < text.Length;)
        {
            var length = Math.Min(tokenLength(), text.Length - i);
            chunker.Add(text.AsSpan(i, length), pieces);
            i += length;
        }

        chunker.Finish(pieces);
        return pieces;
    }

    private static IEnumerable<string> Elements(string text)
    {
        for (var elements = StringInfo.GetTextElementEnumerator(text); elements.MoveNext();)
            yield return elements.GetTextElement();
    }

    [GeneratedRegex(@"https://[!-~]+|\$?\d+[.,:]\d+|[\w.]+@[\w.]+\w|\d+, \d+", RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex Unbroken();
}
