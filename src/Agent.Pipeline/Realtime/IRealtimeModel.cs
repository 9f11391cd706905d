using Agent.Pipeline.Errors;

namespace Agent.Pipeline.Realtime;

/// <summary>A speech-to-speech model: hears the user and speaks itself, in the place of recogniser, language model and synthesizer. Shared by all sessions.</summary>
public interface IRealtimeModel
{
    /// <summary>The model's name as configured, e.g. <c>openai/gpt-realtime</c>.</summary>
    string Name { get; }

    /// <summary>What it can do.</summary>
    RealtimeCapabilities Capabilities { get; }

    /// <summary>Connects. A session does so before anybody speaks, and again when a connection is lost or has reached its age; nothing of the old one is known to the new.</summary>
    /// <exception cref="ProviderException">The model cannot be reached, or refuses.</exception>
    ValueTask<IRealtimeConnection> OpenAsync(CancellationToken cancellationToken);
}
