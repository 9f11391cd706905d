using Agent.Pipeline.Speech;
using Agent.Providers.AssemblyAi;
using Agent.Providers.AssemblyAi.Wire;

namespace Agent.Tests.Providers.AssemblyAi;

public sealed class TurnReaderTests
{
    private readonly List<Transcript> _results = [];
    private readonly SessionClock _clock = new();

    public TurnReaderTests() => _clock.Sent(0, 160_000, padding: 0);

    private IEnumerable<(TranscriptKind Kind, string Text)> Told => _results.Select(result => (result.Kind, result.Text));

    [Fact]
    public void Read_WordsThatGrow_AreInterimsOfAllWords()
    {
        var reader = new TurnReader(_clock, awaitsFormatted: false);

        reader.Read(Turn(0, "", ["hi"]), _results);
        reader.Read(Turn(0, "hi", ["hi", "my"]), _results);

        Assert.Equal([(TranscriptKind.Interim, "hi"), (TranscriptKind.Interim, "hi my")], Told);
        Assert.True(reader.IsTurnOpen);
    }

    [Fact]
    public void Read_EndThenItsFormattedForm_IsOneFinal()
    {
        var reader = new TurnReader(_clock, awaitsFormatted: false);

        var ended = reader.Read(Turn(0, "hi there", ["hi", "there"], end: true), _results)
            + reader.Read(Turn(0, "Hi there.", ["Hi", "there."], end: true, formatted: true), _results)
            + reader.Read(Turn(0, "Hi there.", ["Hi", "there."], end: true, formatted: true), _results);

        Assert.Equal(1, ended);
        Assert.Equal([(TranscriptKind.Final, "hi there")], Told);
    }

    [Fact]
    public void Read_FormattedFormAwaited_IsTheFinal()
    {
        var reader = new TurnReader(_clock, awaitsFormatted: true);

        var ended = reader.Read(Turn(0, "hi there", ["hi", "there"], end: true), _results);
        Assert.True(reader.AwaitsFormatted);
        ended += reader.Read(Turn(0, "Hi there.", ["Hi", "there."], end: true, formatted: true), _results);

        Assert.Equal(1, ended);
        Assert.Equal([(TranscriptKind.Interim, "hi there"), (TranscriptKind.Final, "Hi there.")], Told);
        Assert.False(reader.AwaitsFormatted);
    }

    [Fact]
    public void Read_NextTurnWhileFormattedFormIsAwaited_FinishesTheOneBefore()
    {
        var reader = new TurnReader(_clock, awaitsFormatted: true);
        reader.Read(Turn(0, "hi there", ["hi", "there"], end: true), _results);
        _results.Clear();

        Assert.Equal(1, reader.Read(Turn(1, "", ["so"]), _results));
        Assert.Equal(0, reader.Read(Turn(0, "Hi there.", ["Hi", "there."], end: true, formatted: true), _results));

        Assert.Equal([(TranscriptKind.Final, "hi there"), (TranscriptKind.Interim, "so")], Told);
    }

    [Fact]
    public void Read_EndWithoutWords_EndsWithoutFinal()
    {
        var reader = new TurnReader(_clock, awaitsFormatted: false);

        Assert.Equal(1, reader.Read(Turn(0, "", [], end: true), _results));

        Assert.Empty(_results);
        Assert.False(reader.IsTurnOpen);
    }

    [Fact]
    public void Finish_OpenTurn_IsItsFinalOnce()
    {
        var reader = new TurnReader(_clock, awaitsFormatted: false);
        reader.Read(Turn(3, "hi", ["hi", "the"]), _results);
        _results.Clear();

        Assert.Equal(1, reader.Finish(_results));
        Assert.Equal(0, reader.Finish(_results));

        Assert.Equal([(TranscriptKind.Final, "hi the")], Told);
    }

    [Fact]
    public void At_AfterPaddingGapAndLateBeginning_IsTheTimeInTheStream()
    {
        var clock = new SessionClock();
        clock.Sent(position: 16_000, samples: 800, padding: 0);
        clock.Sent(position: 16_800, samples: 400, padding: 400);
        clock.Sent(position: 17_200, samples: 800, padding: 0);
        clock.Sent(position: 32_000, samples: 800, padding: 0);

        Assert.Equal(TimeSpan.FromMilliseconds(1_000), clock.At(0));
        Assert.Equal(TimeSpan.FromMilliseconds(1_060), clock.At(60));
        Assert.Equal(TimeSpan.FromMilliseconds(1_075), clock.At(90));
        Assert.Equal(TimeSpan.FromMilliseconds(1_075), clock.At(100));
        Assert.Equal(TimeSpan.FromMilliseconds(2_010), clock.At(160));
    }

    private static TurnMessage Turn(int order, string transcript, string[] words, bool end = false, bool formatted = false) => new()
    {
        TurnOrder = order,
        Transcript = transcript,
        EndOfTurn = end,
        TurnIsFormatted = formatted,
        Words = [.. words.Select((word, i) => new TurnWord(word, 100 * i, (100 * i) + 80, 0.9, WordIsFinal: end))],
    };
}
