using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Agent.LoopbackVendors.Engines;

/// <summary>Answers what was written down for it, word by word, or calls a tool; when there is nothing left it repeats what the user said.</summary>
public sealed class ScriptedDialogue : IChatClient
{
    private readonly ConcurrentQueue<AIContent> _answers = new();

    /// <summary>What is answered next: text, or a <see cref="FunctionCallContent"/>.</summary>
    public void Expect(params IReadOnlyList<AIContent> answers)
    {
        foreach (var answer in answers)
            _answers.Enqueue(answer);
    }

    /// <inheritdoc/>
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        var answer = _answers.TryDequeue(out var next) ? next : new TextContent($"You said {messages.LastOrDefault(message => message.Role == ChatRole.User)?.Text ?? "nothing"}.");
        if (answer is not TextContent text)
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, [answer]) { FinishReason = ChatFinishReason.ToolCalls };
            yield break;
        }

        var from = 0;
        while (from < text.Text.Length)
        {
            var space = text.Text.IndexOf(' ', from + 1);
            var to = space < 0 ? text.Text.Length : space;
            yield return new ChatResponseUpdate(ChatRole.Assistant, text.Text[from..to]);
            from = to;
        }

        yield return new ChatResponseUpdate(ChatRole.Assistant, []) { FinishReason = ChatFinishReason.Stop };
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType.IsInstanceOfType(this) ? this : null;

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
