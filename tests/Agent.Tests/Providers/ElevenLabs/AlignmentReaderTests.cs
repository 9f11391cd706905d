using Agent.Pipeline.Speech;
using Agent.Providers.ElevenLabs;
using Agent.Providers.ElevenLabs.Wire;

namespace Agent.Tests.Providers.ElevenLabs;

public sealed class AlignmentReaderTests
{
    private readonly AlignmentReader _reader = new();
    private readonly List<WordTiming> _words = [];

    [Fact]
    public void Read_TimesOfEachPiece_CountFromTheBeginning()
    {
        _reader.Read(Alignment("Hi the", 0), TimeSpan.Zero, _words);
        _reader.Read(Alignment("re you. ", 0), TimeSpan.FromMilliseconds(600), _words);

        Assert.Equal([Word("Hi", 0, 200), Word("there", 300, 800), Word("you.", 900, 1300)], _words);
    }

    [Fact]
    public void Read_TimesThatGoOn_AreNotMovedTwice()
    {
        _reader.Read(Alignment("Hi the", 0), TimeSpan.Zero, _words);
        _reader.Read(Alignment("re you. ", 600), TimeSpan.FromMilliseconds(600), _words);

        Assert.Equal([Word("Hi", 0, 200), Word("there", 300, 800), Word("you.", 900, 1300)], _words);
    }

    [Fact]
    public void Read_ChunksOfSeveralPieces_BeginWhereTheirSoundDoes()
    {
        _reader.Read(Alignment("One ", 0), TimeSpan.Zero, _words);
        _reader.Read(Alignment("two ", 400), TimeSpan.FromMilliseconds(400), _words);
        _reader.Read(Alignment("new ", 0), TimeSpan.FromMilliseconds(800), _words);
        _reader.Read(Alignment("end ", 400), TimeSpan.FromMilliseconds(1_200), _words);

        Assert.Equal([Word("One", 0, 300), Word("two", 400, 700), Word("new", 800, 1_100), Word("end", 1_200, 1_500)], _words);
    }

    [Fact]
    public void Read_ScriptWithoutSpaces_IsCharacterByCharacter()
    {
        _reader.Read(Alignment("你好", 0), TimeSpan.Zero, _words);
        _reader.Finish(_words);

        Assert.Equal([Word("你", 0, 100), Word("好", 100, 200)], _words);
    }

    [Fact]
    public void Finish_WordWithoutWhiteSpaceAfter_IsWhole()
    {
        _reader.Read(Alignment("the end", 0), TimeSpan.Zero, _words);
        Assert.Equal([Word("the", 0, 300)], _words);

        _reader.Finish(_words);

        Assert.Equal([Word("the", 0, 300), Word("end", 400, 700)], _words);
    }

    [Fact]
    public void Read_ListsOfDifferentLength_TakesWhatAllHave()
    {
        _reader.Read(Alignment("Hi there", 0) with { CharDurationsMs = [100, 100] }, TimeSpan.Zero, _words);
        _reader.Finish(_words);

        Assert.Equal([Word("Hi", 0, 200)], _words);
    }

    private static WordTiming Word(string text, int start, int end) => new(text, TimeSpan.FromMilliseconds(start), TimeSpan.FromMilliseconds(end));

    private static Alignment Alignment(string text, int from) => new()
    {
        Chars = [.. text.Select(character => character.ToString())],
        CharStartTimesMs = [.. text.Select((_, i) => (double)(from + (100 * i)))],
        CharDurationsMs = [.. text.Select(_ => 100.0)],
    };
}
