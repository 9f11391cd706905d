using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Agent.Tests.Pipeline.Harness;

/// <summary>A language model that answers by script, token by token.</summary>
internal sealed class ScriptedModel : IChatClient
{
    private readonly ManualTimeProvider _time;

    internal ScriptedModel(ManualTimeProvider time) => _time = time;

    internal TimeSpan FirstToken { get; set; } = TimeSpan.FromMilliseconds(200);

    internal TimeSpan EachToken { get; set; } = TimeSpan.FromMilliseconds(20);

    /// <summary>The answer to what was said last; each call is noted in <see cref="Asked"/>.</summary>
    internal Func<IList<ChatMessage>, IEnumerable<AIContent>> Answer { get; set; } = _ => [new TextContent("All right.")];

    internal List<List<ChatMessage>> Asked { get; } = [];

    internal List<ChatOptions?> Options { get; } = [];

    internal void Answers(string text) => Answer = _ => [new TextContent(text)];

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var asked = messages.ToList();
        Asked.Add(asked);
        Options.Add(options);
        await Task.Delay(FirstToken, _time, cancellationToken);
        foreach (var content in Answer(asked))
        {
            if (content is not TextContent text)
            {
                yield return new ChatResponseUpdate(ChatRole.Assistant, [content]);
                continue;
            }

            foreach (var token in text.Text.Split(' ').Select((word, i) => i == 0 ? word : " " + word))
            {
                yield return new ChatResponseUpdate(ChatRole.Assistant, token);
                await Task.Delay(EachToken, _time, cancellationToken);
            }
        }
    }

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("The pipeline streams.");

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
