using Agent.Pipeline.Text;

namespace Agent.Tests.Pipeline.Text;

public class SpeakableTests
{
    [Theory]
    [InlineData("# Title\n\nThis is **very** *important*, and `code` too.\n- first\n- second", "Title This is very important, and code too. first second")]
    [InlineData("See [the manual](https://example.com/x_(y)) now 😀👍🏽!", "See the manual now!")]
    [InlineData("1. Wash the apples.\n   - **one**: _red_\n   * two\n2. Peel them.", "1. Wash the apples. one: red two 2. Peel them.")]
    [InlineData("__Note__: snake_case_names stay, _emphasis_ goes, __both _nested_ too__.", "Note: snake_case_names stay, emphasis goes, both nested too.")]
    [InlineData("**Bold, over two. Sentences** and ***more***.", "Bold, over two. Sentences and more.")]
    [InlineData("> quoted\n>> twice\n\n---\n***\n___\nafter", "quoted twice after")]
    [InlineData("Title\n=====\ntext", "Title text")]
    [InlineData("- [ ] open\n- [x] done", "open done")]
    [InlineData("As shown[^1] here [2].\n\n[^1]: The note.", "As shown here. The note.")]
    [InlineData("![A cat](cat.png) and [![B](b.png)](http://b)", "A cat and B")]
    [InlineData("See [this][ref] or [that] or a[0].", "See this or [that] or a[0].")]
    [InlineData("a [link](never closed", "a [link](never closed")]
    [InlineData("| Name | Age |\n|:-----|----:|\n| Ann | 5 |\n| Bob | -6 |\nend", "Name, Age Ann, 5 Bob, -6 end")]
    [InlineData("Press a | b.", "Press a, b.")]
    public void From_Markdown_IsSaid(string text, string expected) => Assert.Equal(expected, Speakable.From(text));

    [Theory]
    [InlineData("Run this:\n```csharp\nvar a_b = 1; // **x**\n```\nDone.", "Run this: Done.")]
    [InlineData("A poem:\n```\nRoses are *red*\n  `blue`\n```\nEnd.", "A poem: Roses are *red* `blue` End.")]
    [InlineData("~~~text\nhello\n~~~", "hello")]
    [InlineData("```inline``` code and `a*b_c`", "inline code and a*b_c")]
    [InlineData("```py\nnever closed", "")]
    public void From_Code_IsSaidWhereItIsText(string text, string expected) => Assert.Equal(expected, Speakable.From(text));

    [Theory]
    [InlineData("5 * 3 is 15, 5*3 too", "5 * 3 is 15, 5*3 too")]
    [InlineData("#1 of C# and #dotnet", "#1 of C# and #dotnet")]
    [InlineData("about ~5 and ~~no~~ yes", "about ~5 and no yes")]
    [InlineData("-5 degrees, a - b, x --y", "-5 degrees, a - b, x --y")]
    [InlineData("a < b and c > d, I <3 you", "a < b and c > d, I <3 you")]
    [InlineData("AT&T &amp; R&D &lt;ok&gt; &#39;x&#39; &nope;", "AT&T & R&D <ok> 'x' &nope;")]
    [InlineData("https://example.com/a_b_/c*d?x=~1&y=[2] and www.x_y.org", "https://example.com/a_b_/c*d?x=~1&y=[2] and www.x_y.org")]
    [InlineData("**https://example.com/a_b**, ok", "https://example.com/a_b, ok")]
    [InlineData("Go to <https://example.com/x_y> or <me@example.com>.", "Go to https://example.com/x_y or me@example.com.")]
    [InlineData("<b>bold</b><br/>next <a href=\"x\">link</a><!-- gone --> <b and c> d", "bold next link <b and c> d")]
    [InlineData("<think>He wants **x**.\nSo y.</think>Yes.", "Yes.")]
    [InlineData("\\*not emphasis\\* and C:\\temp", "*not emphasis* and C:\\temp")]
    [InlineData("It costs $5 or $x^2$ or \\(\\frac{a}{b} \\times \\alpha\\) or $HOME now", "It costs $5 or x^2 or a/b × alpha or $HOME now")]
    public void From_Signs_StayWhereTheyAreNoMarkup(string text, string expected) => Assert.Equal(expected, Speakable.From(text));

    [Theory]
    [InlineData("family 👩‍👩‍👧‍👦 and 🏃‍♀️ ran", "family and ran")]
    [InlineData("flags 🇩🇪🏴󠁧󠁢󠁥󠁮󠁧󠁿 gone", "flags gone")]
    [InlineData("press 1️⃣ or #️⃣", "press 1 or #")]
    [InlineData("call ☎ 5 or ☎️ 6", "call ☎ 5 or ☎ 6")]
    [InlineData("© 2026 Acme™ ®️ 5 € → 6 ℃", "© 2026 Acme™ ® 5 € → 6 ℃")]
    [InlineData("love ❤️ and ❤ and ✅ ok ⭐", "love and and ok")]
    [InlineData("really⁉️ yes‼️", "really⁉ yes‼")]
    [InlineData("C♯ minor, 𝐛𝐨𝐥𝐝 type", "C♯ minor, bold type")]
    [InlineData("soft\u00ADhyphen, zero\u200Bwidth, \u200Fmark", "softhyphen, zerowidth, mark")]
    [InlineData("می\u200Cخواهم", "می\u200Cخواهم")]
    [InlineData("क्\u200Dष", "क्\u200Dष")]
    [InlineData("half \uD83D pair \uDE00 end", "half pair end")]
    [InlineData("no\u00A0break\u202F! \t tab", "no break ! tab")]
    public void From_Pictures_AreDroppedAndWordsStay(string text, string expected) => Assert.Equal(expected, Speakable.From(text));

    [Fact]
    public void From_UnclosedBrackets_TakeNoTimeWorthMentioning()
    {
        var text = string.Concat(Enumerable.Repeat("[", 5_000)) + "end";
        Assert.EndsWith("[end", Speakable.From(text), StringComparison.Ordinal);
    }
}
