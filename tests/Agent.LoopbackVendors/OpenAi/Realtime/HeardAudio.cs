using Agent.LoopbackVendors.Engines;

namespace Agent.LoopbackVendors.OpenAi.Realtime;

/// <summary>The sound of one turn on its way to words.</summary>
internal sealed class HeardAudio(string id, IRecogniserRun run) : IAsyncDisposable
{
    private readonly CancellationTokenSource _gone = new();

    public string Id { get; } = id;

    public long Samples { get; private set; }

    public void Push(ReadOnlySpan<short> samples)
    {
        Samples += samples.Length;
        run.Push(samples);
    }

    /// <summary>The turn is over.</summary>
    /// <returns>Its words.</returns>
    public async Task<string> FinishAsync()
    {
        run.Flush();
        var words = new List<string>();
        try
        {
            await foreach (var heard in run.ReadAsync(_gone.Token))
            {
                if (heard.Kind == HeardKind.Flushed)
                    break;
                if (heard.Kind == HeardKind.Final && heard.Text.Length > 0)
                    words.Add(heard.Text);
            }
        }
        catch (OperationCanceledException)
        {
            // The client is gone.
        }

        await run.DisposeAsync();
        return string.Join(' ', words);
    }

    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        await run.DisposeAsync();
    }
}
