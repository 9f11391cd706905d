using System.Threading.Channels;

namespace Agent.Pipeline.Concurrency;

/// <summary>Wakes one waiting loop; signals that nobody waits for count once.</summary>
internal sealed class AsyncSignal
{
    private readonly Channel<byte> _channel = Channel.CreateBounded<byte>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    internal void Set() => _channel.Writer.TryWrite(0);

    internal async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        await _channel.Reader.WaitToReadAsync(cancellationToken);
        _channel.Reader.TryRead(out _);
    }
}
