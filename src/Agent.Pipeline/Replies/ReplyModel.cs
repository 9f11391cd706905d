using System.Threading.Channels;
using Agent.Pipeline.History;
using Agent.Pipeline.Sessions;
using Agent.Pipeline.Text;
using Microsoft.Extensions.AI;

namespace Agent.Pipeline.Replies;

/// <summary>Asks the language model for one answer and gives it on in speakable pieces as it comes; runs the tools that the model calls.</summary>
internal sealed class ReplyModel
{
    private readonly AgentDefinition _agent;
    private readonly int _maxToolSteps;
    private readonly SessionClock _clock;
    private readonly IReplyListener _listener;

    internal ReplyModel(AgentDefinition agent, int maxToolSteps, SessionClock clock, IReplyListener listener)
    {
        _agent = agent;
        _maxToolSteps = maxToolSteps;
        _clock = clock;
        _listener = listener;
    }

    /// <summary>Answers.</summary>
    /// <param name="messages">The conversation; tool calls and results are added to it.</param>
    /// <param name="pieces">Receives the answer; is left open.</param>
    /// <param name="sessionToken">Ends running tools; an interrupted answer does not, so that what a tool has done is known.</param>
    /// <param name="cancellationToken">Ends the answer.</param>
    internal async Task AnswerAsync(List<ChatMessage> messages, ChannelWriter<string> pieces, CancellationToken sessionToken, CancellationToken cancellationToken)
    {
        var ready = new List<string>();
        var chunker = new SpeechChunker();
        for (var step = 0; ; step++)
        {
            var calls = new List<FunctionCallContent>();
            await foreach (var update in _agent.LanguageModel.GetStreamingResponseAsync(messages, Options(step), cancellationToken))
            {
                foreach (var content in update.Contents)
                {
                    if (content is FunctionCallContent call)
                        calls.Add(call);
                    if (content is not TextContent { Text.Length: > 0 } text)
                        continue;
                    _listener.OnFirstToken();
                    chunker.Add(text.Text, ready);
                    Write(ready, pieces);
                }
            }

            chunker.Finish(ready);
            Write(ready, pieces);
            if (calls.Count == 0 || step >= _maxToolSteps)
                return;
            messages.Add(new ChatMessage(ChatRole.Assistant, [.. calls]));
            var results = await Task.WhenAll(calls.Select(call => RunToolAsync(call, sessionToken)));
            messages.Add(new ChatMessage(ChatRole.Tool, [.. results]));
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private static void Write(List<string> ready, ChannelWriter<string> pieces)
    {
        foreach (var piece in ready)
            pieces.TryWrite(piece);
        ready.Clear();
    }

    private ChatOptions Options(int step)
    {
        var options = _agent.ChatOptions?.Clone() ?? new ChatOptions();
        if (_agent.Tools.Count == 0)
            return options;
        options.Tools = [.. options.Tools ?? [], .. _agent.Tools];
        if (step >= _maxToolSteps)
            options.ToolMode = ChatToolMode.None;
        return options;
    }

    private async Task<AIContent> RunToolAsync(FunctionCallContent call, CancellationToken cancellationToken)
    {
        var at = _clock.Now;
        var arguments = call.Arguments ?? new Dictionary<string, object?>(StringComparer.Ordinal);
        object? result;
        var failed = false;
        try
        {
            var tool = _agent.Tools.OfType<AIFunction>().FirstOrDefault(f => string.Equals(f.Name, call.Name, StringComparison.Ordinal));
            result = tool is null
                ? $"There is no tool named {call.Name}."
                : await tool.InvokeAsync(new AIFunctionArguments(arguments, StringComparer.Ordinal), cancellationToken);
            failed = tool is null;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // The model is told, so that it can say so or try something else; the application is told with all details.
            _listener.OnToolFailed(e);
            result = $"The tool failed: {e.Message}";
            failed = true;
        }

        _listener.OnToolCalled(new ToolCall(call.CallId, at, call.Name, arguments.AsReadOnly(), result, failed));
        return new FunctionResultContent(call.CallId, result);
    }
}
