using Microsoft.Extensions.AI;

namespace Agent.Tests.Providers.Matrix;

/// <summary>Answers the first turn of a conversation otherwise than those after it, however many times it is asked for each.</summary>
internal sealed class TurnDialogue(IChatClient first, IChatClient later) : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Of(messages).GetResponseAsync(messages, options, cancellationToken);

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Of(messages).GetStreamingResponseAsync(messages, options, cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    private IChatClient Of(IEnumerable<ChatMessage> messages) => messages.Count(message => message.Role == ChatRole.User) > 1 ? later : first;
}
