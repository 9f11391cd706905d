using Agent.Pipeline.Errors;
using Agent.Pipeline.History;
using Agent.Pipeline.Sessions;
using Microsoft.Extensions.AI;

namespace Agent.Pipeline.Replies;

/// <summary>Learns how the making of an utterance goes. Called from the utterance's own tasks; must return at once.</summary>
internal interface IReplyListener
{
    /// <summary>A token came from the model.</summary>
    void OnFirstToken();

    /// <summary>The model told what an answer costs.</summary>
    void OnUsage(UsageDetails usage);

    /// <summary>The first sound of one more part of the utterance is there.</summary>
    void OnSound();

    /// <summary>One more part of the utterance has become sound.</summary>
    void OnPartSpoken();

    /// <summary>Tools are run, and what was said before is over.</summary>
    void OnToolsStarted();

    /// <summary>The model has the results of the tools.</summary>
    void OnToolsEnded();

    /// <summary>A tool is about to run.</summary>
    void OnToolCalling(RunningTool tool);

    /// <summary>A tool was run, whatever becomes of the utterance.</summary>
    void OnToolCalled(ToolCall call);

    /// <summary>A tool has failed; the model was told.</summary>
    void OnToolFailed(Exception error);

    /// <summary>One of a list of language models or synthesizers failed, and another answers or speaks in its place.</summary>
    void OnReplaced(SessionStage stage, ProviderException error, string by);

    /// <summary>The model or the synthesizer has failed; what was made before is still played.</summary>
    void OnFailed(SessionStage stage, Exception error);
}
