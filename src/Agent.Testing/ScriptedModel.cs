using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Agent.Testing;

/// <summary>A language model that answers by script, token by token.</summary>
public sealed class ScriptedModel : IChatClient
{
    private readonly ManualTimeProvider _time;

    /// <summary>A model that answers everything with "All right."</summary>
    public ScriptedModel(ManualTimeProvider time) => _time = time;

    /// <summary>How long the first token takes.</summary>
    /// <value>Default 0.2 s.</value>
    public TimeSpan FirstToken { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long each further token takes.</summary>
    /// <value>Default 0.02 s.</value>
    public TimeSpan EachToken { get; set; } = TimeSpan.FromMilliseconds(20);

    /// <summary>The answer to what was said last; each call is noted in <see cref="Asked"/>.</summary>
    public Func<IList<ChatMessage>, IEnumerable<AIContent>> Answer { get; set; } = _ => [new TextContent("All right.")];

    /// <summary>What the model was asked, call by call.</summary>
    public List<List<ChatMessage>> Asked { get; } = [];

    /// <summary>The options of each call.</summary>
    public List<ChatOptions?> Options { get; } = [];

    /// <summary>Lets the model answer everything with the same words.</summary>
    public void Answers(string text) => Answer = _ => [new TextContent(text)];

    /// <inheritdoc/>
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

    /// <inheritdoc/>
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("The pipeline streams.");

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
