using Agent.Pipeline.Sessions;
using Agent.Pipeline.Sessions.Events;
using Agent.Worker.Jobs;

namespace Agent.Worker.Agents;

/// <summary>An agent that is ready to be dispatched: its engines exist.</summary>
/// <param name="Name">The name that dispatches ask for; empty joins every new room.</param>
/// <param name="Definition">Its instructions, engines and tools.</param>
/// <param name="Session">How its sessions behave.</param>
/// <param name="OnEnter">Its own code when somebody is there to talk to; may be null.</param>
/// <param name="OnEvent">Its own code for whatever happens in a conversation; may be null.</param>
internal sealed record HostedAgent(
    string Name,
    AgentDefinition Definition,
    SessionOptions Session,
    Func<JobContext, CancellationToken, Task>? OnEnter = null,
    Action<JobDetails, SessionEvent>? OnEvent = null)
{
    /// <summary>What the language model is called where it has one; engines of the other kinds know their names themselves.</summary>
    internal string LanguageModelName { get; init; } = "language model";

    /// <summary>The engines in the order in which they work.</summary>
    internal string Engines => Definition.RealtimeModel is { } model
        ? string.Join(" + ", new[] { model.Name, Definition.SpeechToText?.Name, Definition.TextToSpeech?.Name }.OfType<string>())
        : $"{Definition.SpeechToText?.Name} → {LanguageModelName} → {Definition.TextToSpeech?.Name}";

    /// <summary>The name as it is shown to people.</summary>
    internal string DisplayName => Name.Length > 0 ? Name : "(every room)";
}
