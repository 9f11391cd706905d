using Agent.Pipeline.Errors;
using Agent.Pipeline.Speech;
using Microsoft.Extensions.Logging;

namespace Agent.Pipeline.Sessions;

/// <summary>Has a session's engines open what they need before they are needed.</summary>
internal static class WarmUp
{
    /// <summary>Warms all engines up, side by side. Never fails: an engine that cannot be warmed is as quick as without.</summary>
    internal static Task RunAsync(AgentDefinition agent, ILogger logger, CancellationToken cancellationToken)
    {
        object?[] engines = [agent.SpeechToText, agent.TextToSpeech, agent.RealtimeModel, agent.LanguageModel?.GetService(typeof(IWarmable))];
        return Task.WhenAll(engines.OfType<IWarmable>().Select(engine => WarmAsync(engine, logger, cancellationToken)));
    }

    private static async Task WarmAsync(IWarmable engine, ILogger logger, CancellationToken cancellationToken)
    {
        try
        {
            // What an engine does before it first waits must not hold up the session.
            await Task.Yield();
            await engine.WarmUpAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The session is over.
        }
        catch (Exception e)
        {
            SessionLog.WarmUpFailed(logger, ErrorText.Of(e), ErrorText.Unforeseen(e));
        }
    }
}
