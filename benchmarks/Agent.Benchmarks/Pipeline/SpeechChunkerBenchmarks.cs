using Agent.Pipeline.Text;
using BenchmarkDotNet.Attributes;

namespace Agent.Benchmarks.Pipeline;

/// <summary>What making a token speakable and cutting it into pieces costs, in an answer of 2,000 tokens with some markup.</summary>
[MemoryDiagnoser]
public class SpeechChunkerBenchmarks
{
    private const int Tokens = 2_000;
    private static readonly string[] s_sentence = ["The", " **quick**", " brown", " fox", ",", " as", " they", " say", ",", " jumps", " over", " 3.5", " lazy", " dogs", ".", "\n"];

    private readonly List<string> _pieces = new(Tokens);

    [Benchmark(OperationsPerInvoke = Tokens)]
    public int Add()
    {
        _pieces.Clear();
        var chunker = new SpeechChunker();
        for (var i = 0; i < Tokens; i++)
            chunker.Add(s_sentence[i % s_sentence.Length], _pieces);
        chunker.Finish(_pieces);
        return _pieces.Count;
    }
}
