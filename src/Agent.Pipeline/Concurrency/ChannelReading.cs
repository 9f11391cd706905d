using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Agent.Pipeline.Concurrency;

internal static class ChannelReading
{
    /// <summary>
    /// Everything that is written, until the channel is completed. Unlike <see cref="ChannelReader{T}.ReadAllAsync"/> it stays on the reader's own
    /// synchronization context, so that a whole session can run on one thread and virtual time.
    /// </summary>
    internal static async IAsyncEnumerable<T> ReadInContextAsync<T>(
        this ChannelReader<T> reader,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (await reader.WaitToReadAsync(cancellationToken))
        {
            while (reader.TryRead(out var item))
                yield return item;
        }
    }
}
