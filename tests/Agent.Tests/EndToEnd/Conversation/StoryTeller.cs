using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Agent.Tests.EndToEnd.Conversation;

/// <summary>A language model that answers the first question with a story and everything after with two words.</summary>
internal sealed class StoryTeller : IChatClient
{
    public const string Story =
        "A long time ago there was a little house by the sea. An old man lived in the house with his dog. " +
        "Every morning they walked along the water and looked at the ships. One day the old man found a box in the sand.";

    public const string Answer = "All right.";

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var text = messages.Any(message => message.Role == ChatRole.Assistant) ? Answer : Story;
        foreach (var word in text.Split(' '))
        {
            await Task.Yield();
            yield return new ChatResponseUpdate(ChatRole.Assistant, word + " ");
        }
    }

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
