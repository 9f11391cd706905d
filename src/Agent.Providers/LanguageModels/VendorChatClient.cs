using System.Runtime.CompilerServices;
using Agent.Pipeline.Errors;
using Agent.Pipeline.Speech;
using Agent.Providers.Resilience;
using Agent.Providers.Vendors;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Agent.Providers.LanguageModels;

/// <summary>
/// A vendor's language model. A call is repeated only until its first token; cancelling or leaving a reply closes its connection at once, so that the vendor
/// stops too. Serves any number of sessions at once.
/// </summary>
internal sealed class VendorChatClient(string provider, IChatProtocol protocol, VendorCall call, ConnectionWarmer warmer, TimeProvider time, ILogger logger) : IChatClient, IWarmable
{
    // Usage and the end of the body come at once where they come; the reader, who has everything already, must not wait for long.
    private static readonly TimeSpan s_tailLimit = TimeSpan.FromMilliseconds(250);

    private readonly IgnoredOptions _ignored = new(provider, logger);
    private readonly ChatClientMetadata _metadata = new(protocol.Vendor, protocol.Address, protocol.Model);

    public Task WarmUpAsync(CancellationToken cancellationToken) => warmer.WarmUpAsync(cancellationToken);

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (options is not null)
            _ignored.Tell(protocol.Ignored(options));
        var request = protocol.Write(messages, options);
        using var reply = await call.ExecuteWithinAsync(VendorStage.FirstByte, TimeSpan.Zero, token => BeginAsync(request, token), cancellationToken);
        while (true)
        {
            foreach (var update in reply.Updates)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return update;
            }

            reply.Updates.Clear();
            if (reply.Decoder.IsComplete)
                break;
            if (reply.Decoder.HasFinished)
            {
                if (!await ReadTailAsync(reply, cancellationToken))
                    yield break;
            }
            else if (!reply.TryRead())
            {
                await call.WithinAsync(VendorStage.Idle, token => reply.ReadAsync(token), cancellationToken);
            }
        }

        // To the end of the body, so that the connection can be used again.
        await ReadTailAsync(reply, cancellationToken);
        warmer.Used();
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? _metadata
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    public void Dispose()
    {
        // Connections are the vendor's, for all of its models; some packages want to be told that a model is done with.
        (protocol as IDisposable)?.Dispose();
    }

    /// <summary>Until the first token, call or end.</summary>
    private async ValueTask<ReplyStream> BeginAsync(BinaryData request, CancellationToken cancellationToken)
    {
        ReplyStream? reply = null;
        try
        {
            reply = new ReplyStream(provider, await protocol.OpenAsync(request, cancellationToken), protocol.Decode(provider));
            while (!reply.HasSpoken && !reply.Decoder.IsComplete)
            {
                if (!reply.TryRead())
                    await reply.ReadAsync(cancellationToken);
            }

            var begun = reply;
            reply = null;
            return begun;
        }
        catch (VendorFailure failure)
        {
            throw Explain(failure);
        }
        finally
        {
            reply?.Dispose();
        }
    }

    private async ValueTask<bool> ReadTailAsync(ReplyStream reply, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(s_tailLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return reply.TryRead() || await reply.ReadTailAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
        catch (ProviderException e) when (e.Kind != ProviderErrorKind.Content)
        {
            // The reply is complete; how much it cost remains unknown.
            return false;
        }
    }

    private ProviderException Explain(VendorFailure failure)
    {
        if (failure.IsConnectTimeout)
            return call.Late(VendorStage.Connect, call.Limit(VendorStage.Connect), failure);
        if (failure.Status is not { } status)
            return VendorErrors.Lost(provider, failure.RequestId, failure.InnerException);
        var error = VendorErrors.FromStatus(provider, status, failure.RequestId, failure.RetryAfter, failure.Codes.Count == 0 ? null : failure.Codes[0], failure);
        foreach (var code in failure.Codes)
        {
            // The status is what vendors agree on; these two hide behind others (429, 400).
            if (protocol.Meaning(code) is not { Kind: ProviderErrorKind.Quota or ProviderErrorKind.Content } meaning)
                continue;
            return new ProviderException(provider, meaning.Kind, $"{provider} refused the request (HTTP {status}, {code}).", meaning.IsTransient, failure)
            {
                HttpStatus = status,
                RequestId = failure.RequestId,
                RetryAfter = failure.RetryAfter,
            };
        }

        return error;
    }
}
