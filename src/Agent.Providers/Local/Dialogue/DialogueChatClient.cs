using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Agent.Providers.Local.Dialogue;

/// <summary>
/// A small dialogue by rules, so that a conversation works with neither network nor key. It is a demonstration and says so: it
/// understands a few things, follows no instructions and calls no tools. All it remembers is in the messages that it is given.
/// </summary>
internal sealed class DialogueChatClient(TimeProvider timeProvider) : IChatClient
{
    private const string ModelName = "dialogue";

    private readonly ChatClientMetadata _metadata = new(LocalVendor.Name, providerUri: null, ModelName);

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var conversation = new Conversation(messages, timeProvider);
        var reply = DialogueSkills.Reply(conversation);
        var id = Guid.NewGuid().ToString("n");
        var start = 0;
        while (start < reply.Length)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var space = reply.IndexOf(' ', start + 1);
            var end = space < 0 ? reply.Length : space;
            yield return Update(id, reply[start..end]);
            start = end;

            // As with a model far away, the reader sees each word before the next exists.
            await Task.Yield();
        }

        var last = Update(id, text: null);
        last.FinishReason = ChatFinishReason.Stop;
        yield return last;
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
    }

    private static ChatResponseUpdate Update(string id, string? text) =>
        new(ChatRole.Assistant, text) { ResponseId = id, MessageId = id, ModelId = ModelName };
}
