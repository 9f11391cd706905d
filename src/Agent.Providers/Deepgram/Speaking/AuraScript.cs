using System.Text;
using System.Threading.Channels;

namespace Agent.Providers.Deepgram.Speaking;

/// <summary>The text of one utterance as it is written, taken in batches. Any number of writers, one taker.</summary>
internal sealed class AuraScript(TimeProvider time)
{
    /// <summary>The most characters of one message: developers.deepgram.com/docs/streaming-text-to-speech (2025-07-03).</summary>
    public const int MaxCharacters = 2_000;

    private readonly Lock _gate = new();
    private readonly Channel<bool> _changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private readonly Queue<string> _pieces = new();
    private bool _isComplete;

    public void Write(string text)
    {
        // The vendor has no sound for what has no letter and no digit, and refuses empty text.
        if (!text.Any(char.IsLetterOrDigit))
            return;
        lock (_gate)
        {
            if (_isComplete)
                return;
            for (var rest = text.Trim(); rest.Length > 0;)
            {
                var count = Math.Min(rest.Length, MaxCharacters - 1);
                if (count < rest.Length && rest.LastIndexOf(' ', count) is var space and > 0)
                    count = space;
                _pieces.Enqueue(rest[..count]);
                rest = rest[count..].TrimStart();
            }
        }

        Wake();
    }

    public void Complete()
    {
        lock (_gate)
            _isComplete = true;
        Wake();
    }

    /// <summary>Waits for text, and takes all there is as far as one message holds it; null at the end.</summary>
    /// <param name="lookahead">How long more text is worth waiting for, because what was made before still plays.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask<string?> TakeAsync(TimeSpan lookahead, CancellationToken cancellationToken)
    {
        await WaitForEndAsync(lookahead, cancellationToken);
        while (true)
        {
            lock (_gate)
            {
                if (_pieces.Count > 0)
                    return Join();
                if (_isComplete)
                    return null;
            }

            await _changed.Reader.ReadAsync(cancellationToken);
        }
    }

    private async ValueTask WaitForEndAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        if (longest <= TimeSpan.Zero)
            return;
        using var patience = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            while (!IsWorthTaking())
                await _changed.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // What is there is taken.
        }
    }

    private bool IsWorthTaking()
    {
        lock (_gate)
            return _isComplete || _pieces.Sum(p => p.Length) >= MaxCharacters;
    }

    private string Join()
    {
        // The space at the end keeps the words of one batch from those of the next.
        var text = new StringBuilder(_pieces.Dequeue()).Append(' ');
        while (_pieces.TryPeek(out var next) && text.Length + next.Length < MaxCharacters)
            text.Append(_pieces.Dequeue()).Append(' ');
        return text.ToString();
    }

    private void Wake() => _changed.Writer.TryWrite(item: true);
}
