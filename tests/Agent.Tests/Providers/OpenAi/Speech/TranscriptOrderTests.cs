using Agent.Pipeline.Speech;
using Agent.Providers.OpenAi.Speech.Realtime;
using Agent.Providers.OpenAi.Speech.Segments;

namespace Agent.Tests.Providers.OpenAi.Speech;

public sealed class TranscriptOrderTests
{
    private readonly List<string> _results = [];
    private readonly TranscriptOrder _order;

    public TranscriptOrderTests() => _order = new TranscriptOrder(24_000, "en", result => _results.Add(result.Kind == TranscriptKind.Flushed ? "flushed" : $"{result.Kind}: {result.Text}"));

    [Fact]
    public void OnCompleted_LaterSegmentFirst_KeepsTheOrderOfTheSpeech()
    {
        Segment("commit_1", "a");
        _order.Flush();
        Segment("commit_2", "b");
        _order.Flush();

        _order.OnDelta("b", "second");
        _order.OnCompleted("b", "second", heardLanguage: null);
        Assert.Empty(_results);
        _order.OnDelta("a", "fir");
        _order.OnCompleted("a", "first", heardLanguage: null);

        Assert.Equal(["Interim: fir", "Final: first", "flushed", "Final: second", "flushed"], _results);
        Assert.True(_order.IsEmpty);
    }

    [Fact]
    public void OnDelta_BeforeTheCommit_BelongsToTheSegmentThatGoesOn()
    {
        _order.Begin(0);
        _order.OnDelta("a", "she");
        _order.OnDelta("a", " sells");
        _order.Commit(new SegmentSpan(0, 0, 24_000), "commit_1");
        _order.OnCommitted("a");
        _order.OnCompleted("a", "she sells", heardLanguage: null);

        Assert.Equal(["Interim: she", "Interim: she sells", "Final: she sells"], _results);
    }

    [Fact]
    public void OnNothingToCommit_OfTheLastCommit_AnswersTheFlush()
    {
        Segment("commit_1", "a");
        _order.Commit(new SegmentSpan(0, 0, 0), "commit_2");
        _order.Flush();
        _order.OnNothingToCommit("commit_2");
        Assert.Empty(_results);

        _order.OnCompleted("a", "first", heardLanguage: null);

        Assert.Equal(["Final: first", "flushed"], _results);
    }

    [Fact]
    public void Discard_WordsThatComeLate_BelongToNobody()
    {
        _order.Begin(0);
        _order.OnDelta("noise", "hm");
        _order.Discard();
        _order.Begin(24_000);
        _order.OnDelta("noise", "hm hm");
        _order.OnDelta("a", "hello");

        Assert.Equal(["Interim: hm", "Interim: hello"], _results);
    }

    [Fact]
    public void OnCompleted_WithoutWords_IsNoResult()
    {
        Segment("commit_1", "a");
        _order.Flush();
        _order.OnCompleted("a", " ", heardLanguage: null);

        Assert.Equal(["flushed"], _results);
    }

    private void Segment(string commit, string id)
    {
        _order.Begin(0);
        _order.Commit(new SegmentSpan(0, 0, 24_000), commit);
        _order.OnCommitted(id);
    }
}
