using System.Collections.Concurrent;

namespace Agent.LoopbackVendors.Engines;

/// <summary>
/// Hears what was written down for it: each time a voice is heard, the next line of the script, one word more each 200 ms. Whoever listens next begins with
/// the next line; when there is none left it is "hello there".
/// </summary>
public sealed class ScriptedRecogniser : IRecogniserEngine
{
    private readonly ConcurrentQueue<string> _lines = new();

    /// <summary>What is heard next.</summary>
    public void Expect(params IReadOnlyList<string> lines)
    {
        foreach (var line in lines)
            _lines.Enqueue(line);
    }

    /// <inheritdoc/>
    public IRecogniserRun Begin(int sampleRateHz) => new ScriptedRecogniserRun(sampleRateHz, () => _lines.TryDequeue(out var line) ? line : "hello there");
}
