using Agent.Providers.LanguageModels;

namespace Agent.Tests.Providers.LanguageModels;

public sealed class WrittenThoughtsTests
{
    [Theory]
    [InlineData("<think>They want the hours.</think>At nine.", "They want the hours.", "At nine.")]
    [InlineData("\n <think>\nHours?\n</think>\n\nAt nine.", "\nHours?\n", "At nine.")]
    [InlineData("<think></think>At nine.", "", "At nine.")]
    [InlineData("<think>a < b </thin</think>Yes.", "a < b </thin", "Yes.")]
    [InlineData("<think>cut in the mid", "cut in the mid", "")]
    [InlineData("<think>cut in the mark</thi", "cut in the mark</thi", "")]
    [InlineData("At nine.", "", "At nine.")]
    [InlineData("<thin", "", "<thin")]
    [InlineData("<thing> is a tag, <think> too.", "", "<thing> is a tag, <think> too.")]
    [InlineData("  ", "", "  ")]
    [InlineData("", "", "")]
    public void Read_CutAnywhere_TellsThoughtsFromWords(string reply, string thoughts, string words)
    {
        for (var length = 1; length <= Math.Max(reply.Length, 1); length++)
        {
            var written = new WrittenThoughts();
            var parts = reply.Chunk(length).Select(piece => written.Read(new string(piece))).ToList();
            parts.Add(written.Rest());

            Assert.Equal(thoughts, string.Concat(parts.Select(part => part.Thoughts)));
            Assert.Equal(words.TrimStart(), string.Concat(parts.Select(part => part.Words)).TrimStart());
        }
    }

    [Fact]
    public void Read_WordsFromTheBeginning_AreNotHeldBack() => Assert.Equal(("", "At"), new WrittenThoughts().Read("At"));
}
