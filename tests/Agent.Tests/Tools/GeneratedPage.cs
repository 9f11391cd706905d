namespace Agent.Tests.Tools;

/// <summary>
/// A page of the documentation with parts that are made by code, between <c>&lt;!-- NAME --&gt;</c> and <c>&lt;!-- end --&gt;</c>. Tests compare them; with
/// AGENT_TEST_WRITE_PAGES=1 they write them.
/// </summary>
internal static class GeneratedPage
{
    private const string WriteVariable = "AGENT_TEST_WRITE_PAGES";

    /// <summary>Asserts that a part of a page is what the code makes of it now.</summary>
    public static void AssertPart(string page, string name, string made)
    {
        var text = Repository.Text("docs", page).ReplaceLineEndings("\n");
        var begin = $"<!-- {name} -->\n";
        var from = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        Assert.True(from >= begin.Length, $"docs/{page} has no part <!-- {name} -->.");
        var to = text.IndexOf("<!-- end -->", from, StringComparison.Ordinal);
        Assert.True(to > 0, $"The part <!-- {name} --> of docs/{page} has no <!-- end -->.");
        var expected = made.Trim() + "\n";
        if (text[from..to] == expected)
            return;
        if (Environment.GetEnvironmentVariable(WriteVariable) == "1")
            File.WriteAllText(Repository.PathOf("docs", page), text[..from] + expected + text[to..]);
        else
            Assert.Fail($"The part <!-- {name} --> of docs/{page} is not what the code says. Run this test with {WriteVariable}=1 to write it:\n\n{expected}");
    }
}
