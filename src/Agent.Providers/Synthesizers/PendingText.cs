using System.Threading.Channels;
using Agent.Pipeline.Errors;
using Agent.Providers.Vendors;

namespace Agent.Providers.Synthesizers;

/// <summary>Clauses on their way to whoever speaks them. Bounded: a writer with more waits. One reader.</summary>
/// <param name="disposed">Cancelled when the utterance is disposed: writers then wait no longer.</param>
internal sealed class PendingText(CancellationToken disposed)
{
    private const int Capacity = 64;

    private readonly Channel<string> _texts = Channel.CreateBounded<string>(new BoundedChannelOptions(Capacity) { SingleReader = true });

    public ChannelReader<string> Reader => _texts.Reader;

    /// <summary>Adds a clause.</summary>
    /// <exception cref="ProviderException">The speaking has failed.</exception>
    public async ValueTask WriteAsync(string text, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, disposed);
        try
        {
            await _texts.Writer.WriteAsync(text, either.Token);
        }
        catch (ChannelClosedException e) when (e.InnerException is ProviderException failed)
        {
            throw VendorErrors.Again(failed);
        }
    }

    /// <summary>Nothing more is written, or nothing more is spoken.</summary>
    /// <param name="failure">Why nothing more is spoken; writers are told.</param>
    public void Complete(Exception? failure = null) => _texts.Writer.TryComplete(failure);
}
