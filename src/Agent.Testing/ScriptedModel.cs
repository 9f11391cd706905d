using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Agent.Testing;

/// <summary>A language model that answers by script, token by token.</summary>
public sealed class ScriptedModel : IChatClient
{
    private readonly ManualTimeProvider _time;
    private readonly List<(string Words, Func<bool, IEnumerable<AIContent>> Answer)> _rules = [];

    /// <summary>A model that answers everything with "All right."</summary>
    public ScriptedModel(ManualTimeProvider time)
    {
        _time = time;
        Answer = AnswerByRules;
    }

    /// <summary>How long the first token takes.</summary>
    /// <value>Default 0.2 s.</value>
    public TimeSpan FirstToken { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long each further token takes.</summary>
    /// <value>Default 0.02 s.</value>
    public TimeSpan EachToken { get; set; } = TimeSpan.FromMilliseconds(20);

    /// <summary>The answer to what was said last; each call is noted in <see cref="Asked"/>.</summary>
    public Func<IList<ChatMessage>, IEnumerable<AIContent>> Answer { get; set; }

    /// <summary>What the model was asked, call by call.</summary>
    public List<List<ChatMessage>> Asked { get; } = [];

    /// <summary>The options of each call.</summary>
    public List<ChatOptions?> Options { get; } = [];

    /// <summary>Lets the model answer everything with the same words.</summary>
    public void Answers(string text) => Answer = _ => [new TextContent(text)];

    /// <summary>Lets the model answer a user who has last said certain words, whatever the case and whatever else; the first that fits counts.</summary>
    public void When(string words, string answer) => _rules.Add((words, _ => [new TextContent(answer)]));

    /// <summary>Lets the model call a tool when the user has last said certain words, and answer when it has the result.</summary>
    /// <param name="words">What the user said.</param>
    /// <param name="tool">The tool's name.</param>
    /// <param name="arguments">Its arguments by name; null for none.</param>
    /// <param name="answer">What the model says after it.</param>
    public void When(string words, string tool, IDictionary<string, object?>? arguments, string answer) =>
        _rules.Add((words, hasResult => hasResult ? [new TextContent(answer)] : [new FunctionCallContent($"call-{Asked.Count}", tool, arguments)]));

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

    private IEnumerable<AIContent> AnswerByRules(IList<ChatMessage> messages)
    {
        var said = messages.LastOrDefault(message => message.Role == ChatRole.User)?.Text ?? "";
        var rule = _rules.Find(each => said.Contains(each.Words, StringComparison.OrdinalIgnoreCase));
        return rule.Answer?.Invoke(messages[^1].Role == ChatRole.Tool) ?? [new TextContent("All right.")];
    }
}
