using System.Text;
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
    private readonly string _speechId;
    private readonly Task _floor;

    /// <param name="agent">Whose model and tools.</param>
    /// <param name="maxToolSteps">How many times tools may be called before it has to answer.</param>
    /// <param name="clock">The session's clock.</param>
    /// <param name="listener">Learns how it goes.</param>
    /// <param name="speechId">The utterance that the answer will be.</param>
    /// <param name="floor">Completes when the answer is certain to be wanted, and is cancelled with it; tools that change anything wait for it.</param>
    internal ReplyModel(AgentDefinition agent, int maxToolSteps, SessionClock clock, IReplyListener listener, string speechId, Task floor)
    {
        _agent = agent;
        _maxToolSteps = maxToolSteps;
        _clock = clock;
        _listener = listener;
        _speechId = speechId;
        _floor = floor;
    }

    /// <summary>Answers.</summary>
    /// <param name="messages">The conversation; tool calls and results are added to it.</param>
    /// <param name="toolMode">Whether tools may or must be called first; null leaves it to the definition.</param>
    /// <param name="script">Receives the answer; is left open.</param>
    /// <param name="sessionToken">Ends running tools; an interrupted answer does not, so that what a tool has done is known.</param>
    /// <param name="cancellationToken">Ends the answer.</param>
    internal async Task AnswerAsync(List<ChatMessage> messages, ChatToolMode? toolMode, SpeechScript script, CancellationToken sessionToken, CancellationToken cancellationToken)
    {
        var ready = new List<string>();
        var chunker = new SpeechChunker();
        for (var step = 0; ; step++)
        {
            script.BeginPart();
            var said = new StringBuilder();
            var calls = new List<FunctionCallContent>();
            await foreach (var update in _agent.LanguageModel.GetStreamingResponseAsync(messages, Options(step, toolMode), cancellationToken))
            {
                foreach (var content in update.Contents)
                {
                    if (content is FunctionCallContent call)
                        calls.Add(call);
                    if (content is UsageContent usage)
                        _listener.OnUsage(usage.Details);
                    if (content is not TextContent { Text.Length: > 0 } text)
                        continue;
                    _listener.OnFirstToken();
                    said.Append(text.Text);
                    chunker.Add(text.Text, ready);
                    Write(ready, script);
                }
            }

            chunker.Finish(ready);
            Write(ready, script);
            script.EndPart();
            if (calls.Count == 0 || step >= _maxToolSteps)
                return;

            // An answer that was interrupted in the meantime begins no tool; one that has begun is seen through.
            cancellationToken.ThrowIfCancellationRequested();
            messages.Add(new ChatMessage(ChatRole.Assistant, said.Length == 0 ? [.. calls] : [new TextContent(said.ToString()), .. calls]));
            _listener.OnToolsStarted();
            var results = await Task.WhenAll(calls.Select(call => RunToolAsync(call, sessionToken)));
            _listener.OnToolsEnded();
            messages.Add(new ChatMessage(ChatRole.Tool, results));
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private static void Write(List<string> ready, SpeechScript script)
    {
        foreach (var piece in ready)
            script.Write(piece);
        ready.Clear();
    }

    private ChatOptions Options(int step, ChatToolMode? toolMode)
    {
        var options = _agent.ChatOptions?.Clone() ?? new ChatOptions();
        if (_agent.Tools.Count == 0)
            return options;
        options.Tools = [.. options.Tools ?? [], .. _agent.Tools];
        if (step >= _maxToolSteps)
            options.ToolMode = ChatToolMode.None;
        else if (step == 0 && toolMode is not null)
            options.ToolMode = toolMode;
        return options;
    }

    private async Task<AIContent> RunToolAsync(FunctionCallContent call, CancellationToken sessionToken)
    {
        var tool = _agent.Tools.OfType<AIFunction>().FirstOrDefault(f => string.Equals(f.Name, call.Name, StringComparison.Ordinal));
        if (tool is not null && !ReadOnlyTools.IsReadOnly(tool))
            await _floor;
        var at = _clock.Now;
        var arguments = call.Arguments ?? new Dictionary<string, object?>(StringComparer.Ordinal);
        _listener.OnToolCalling(new RunningTool(call.CallId, at, call.Name, arguments.AsReadOnly()));
        ToolScope.Enter(_speechId);
        object? result;
        var failed = false;
        try
        {
            result = tool is null
                ? $"There is no tool named {call.Name}."
                : await tool.InvokeAsync(new AIFunctionArguments(arguments, StringComparer.Ordinal), sessionToken);
            failed = tool is null;
        }
        catch (Exception e) when (!sessionToken.IsCancellationRequested)
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
