using System.Text;
using Agent.Pipeline.Sessions;
using Agent.Pipeline.Speech;
using Agent.Pipeline.Text;
using Microsoft.Extensions.AI;

namespace Agent.Pipeline.Replies;

/// <summary>Asks the language model for one answer and gives it on in speakable pieces as it comes; runs the tools that the model calls.</summary>
internal sealed class ReplyModel
{
    private readonly AgentDefinition _agent;
    private readonly int _maxToolSteps;
    private readonly ToolRunner _tools;
    private readonly IReplyListener _listener;

    /// <param name="agent">Whose model and tools.</param>
    /// <param name="maxToolSteps">How many times tools may be called before it has to answer.</param>
    /// <param name="tools">Runs the tools.</param>
    /// <param name="listener">Learns how it goes.</param>
    internal ReplyModel(AgentDefinition agent, int maxToolSteps, ToolRunner tools, IReplyListener listener)
    {
        _agent = agent;
        _maxToolSteps = maxToolSteps;
        _tools = tools;
        _listener = listener;
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
            await foreach (var update in _agent.LanguageModel!.GetStreamingResponseAsync(messages, Options(step, toolMode), cancellationToken))
            {
                if (update.RawRepresentation is ProviderReplacement replaced)
                    _listener.OnReplaced(SessionStage.LanguageModel, replaced.Error, replaced.By);
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
            AIContent[] results = await Task.WhenAll(calls.Select(call => _tools.RunAsync(call, sessionToken)));
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
}
