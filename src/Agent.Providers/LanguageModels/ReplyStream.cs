using Agent.Pipeline.Errors;
using Agent.Providers.Vendors;
using Microsoft.Extensions.AI;

namespace Agent.Providers.LanguageModels;

/// <summary>A reply while it comes: its connection, its lines, and what has been read of it.</summary>
internal sealed class ReplyStream : IDisposable
{
    private readonly string _provider;
    private readonly OpenReply _open;
    private readonly EventLines _lines;
    private bool _hasEvents;

    internal ReplyStream(string provider, OpenReply open, ReplyDecoder decoder)
    {
        _provider = provider;
        _open = open;
        _lines = new EventLines(open.Events);
        Decoder = decoder;
        decoder.RequestId = open.RequestId;
    }

    internal ReplyDecoder Decoder { get; }

    /// <summary>What has been read and not yet been given on.</summary>
    internal List<ChatResponseUpdate> Updates { get; } = [];

    /// <summary>Whether anything has come that a reader is waiting for.</summary>
    internal bool HasSpoken => Updates.Exists(static update => update.Contents.Count > 0 || update.FinishReason is not null);

    /// <summary>Reads one event if one has come whole already.</summary>
    internal bool TryRead()
    {
        if (!_lines.TryRead(out var data))
            return false;
        _hasEvents = true;
        try
        {
            Decoder.Read(data, Updates);
        }
        catch (Exception e) when (e is not ProviderException)
        {
            // Reading has no input or output of its own: whatever goes wrong is the message's fault, such as a null in a list.
            throw VendorErrors.Garbled(_provider, "an event that is no message of its protocol", Decoder.RequestId, e);
        }

        return true;
    }

    /// <summary>Waits until more has come.</summary>
    /// <exception cref="ProviderException">The connection has ended before the reply.</exception>
    internal async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        if (await FillAsync(cancellationToken) || TryRead())
            return true;
        if (Decoder.HasFinished)
            return false;
        throw _hasEvents || !_lines.HasBytes
            ? VendorErrors.Lost(_provider, Decoder.RequestId)
            : VendorErrors.Garbled(_provider, "an answer without events; see the base address, and whether the server can stream", Decoder.RequestId);
    }

    /// <summary>Waits for what follows the end of the reply.</summary>
    /// <returns>Whether there is more.</returns>
    internal async ValueTask<bool> ReadTailAsync(CancellationToken cancellationToken)
    {
        while (await FillAsync(cancellationToken))
        {
            if (!Decoder.IsComplete)
                return true;
        }

        return TryRead();
    }

    public void Dispose()
    {
        _open.Dispose();
        _lines.Dispose();
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_lines.IsTooLong)
            throw VendorErrors.Garbled(_provider, "a line without an end", Decoder.RequestId);
        try
        {
            return await _lines.FillAsync(cancellationToken);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw VendorErrors.Lost(_provider, Decoder.RequestId, e);
        }
    }
}
