using System.Runtime.CompilerServices;
using Agent.Pipeline.Errors;
using Microsoft.Extensions.AI;

namespace Agent.Tests.Providers.Fallback;

/// <summary>A language model that does what was written down for it: pieces of text, calls, pauses, errors, and what happens besides.</summary>
internal sealed class ScriptedModel(string name, TimeProvider time, params object[] steps) : IChatClient
{
    public string Name => name;

    public List<IReadOnlyList<ChatMessage>> Asked { get; } = [];

    public int Cancelled { get; private set; }

    public object[] Steps { get; set; } = steps;

    public static ProviderException Error(string name, ProviderErrorKind kind = ProviderErrorKind.Connection) => new(name, kind, $"{name} failed.", isTransient: kind == ProviderErrorKind.Connection);

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Asked.Add([.. messages]);
        foreach (var step in Steps)
        {
            switch (step)
            {
                case Action act:
                    act();
                    break;
                case TimeSpan pause:
                    await PauseAsync(pause, cancellationToken);
                    break;
                case ProviderException error:
                    throw error;
                case AIContent content:
                    yield return new ChatResponseUpdate(ChatRole.Assistant, [content]) { MessageId = name };
                    break;
                case string text:
                    yield return new ChatResponseUpdate(ChatRole.Assistant, text) { MessageId = name };
                    break;
            }
        }

        yield return new ChatResponseUpdate(ChatRole.Assistant, []) { MessageId = name, FinishReason = ChatFinishReason.Stop };
        yield return new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(new UsageDetails { InputTokenCount = InputTokens == 0 ? null : InputTokens, OutputTokenCount = 1 })]) { MessageId = name };
    }

    public long InputTokens { get; set; }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    /// <summary>Goes on within the timer's or the canceller's own call, so that nothing is left to other threads on virtual time.</summary>
    private async Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        var over = new TaskCompletionSource();
        await using var timer = time.CreateTimer(_ => over.TrySetResult(), state: null, pause, Timeout.InfiniteTimeSpan);
        await using var cancelled = cancellationToken.Register(() =>
        {
            Cancelled++;
            over.TrySetCanceled(cancellationToken);
        });
        await over.Task;
    }
}
