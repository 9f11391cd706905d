using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Agent.Pipeline.Errors;
using Agent.Pipeline.Realtime;
using Agent.Pipeline.Turns;

namespace Agent.Pipeline.Sessions;

/// <summary>What has to hold before a session can begin.</summary>
internal static class SessionValidation
{
    /// <summary>Every option is in its range.</summary>
    /// <exception cref="ConfigurationException">One is not.</exception>
    internal static void Check(SessionOptions options)
    {
        foreach (var part in new object[] { options, options.Turns, options.Turns.Endpointing, options.Turns.Interruption, options.Turns.Preemptive, options.Turns.Fillers, options.Turns.UserTurnLimit, options.VoiceActivity, options.Recogniser })
        {
            var errors = new List<ValidationResult>();
            if (!Validator.TryValidateObject(part, new ValidationContext(part), errors, validateAllProperties: true))
                throw new ConfigurationException(string.Join(' ', errors.Select(e => e.ErrorMessage)));
        }
    }

    /// <summary>The agent has the engines that its mode of ending turns needs, and words for what it is to say.</summary>
    /// <exception cref="ConfigurationException">It has not.</exception>
    internal static void Check(TurnOptions turns)
    {
        if (turns is { Mode: EndpointingMode.Detector, DetectorThreshold: null })
        {
            throw new ConfigurationException(
                "Turns:Endpointing:Mode is Detector and the agent has no turn detector: give its definition one (AgentDefinition.TurnDetector), or choose Automatic, which takes one where there is one.");
        }

        if (turns.DetectorThreshold is not (null or (>= 0 and <= 1)))
        {
            throw new ConfigurationException(string.Create(
                CultureInfo.InvariantCulture,
                $"The agent's turn detector has the threshold {turns.DetectorThreshold}: it has to lie between 0 and 1."));
        }

        if (turns.Fillers.Delay > TimeSpan.Zero && turns.Fillers.Phrases.All(string.IsNullOrWhiteSpace))
        {
            throw new ConfigurationException(
                $"Turns:Fillers:Delay is {turns.Fillers.Delay} and Turns:Fillers:Phrases has no words: give at least one phrase, or set the delay to 0.");
        }

        if (turns is { Mode: EndpointingMode.Realtime, ModelHears: false })
        {
            throw new ConfigurationException(
                "Turns:Endpointing:Mode is Realtime and the agent has no speech-to-speech model that could end turns: choose Automatic, VoiceActivity, SpeechToText, Detector or Manual.");
        }
    }

    /// <summary>The agent has the engines that it needs, and none that nothing would ask.</summary>
    /// <exception cref="ConfigurationException">It has not.</exception>
    internal static void Check(AgentDefinition agent, TurnOptions turns)
    {
        if (agent.RealtimeModel is { } model)
        {
            Check(agent, model.Capabilities, model.Name, turns);
            return;
        }

        var missing = agent switch
        {
            { SpeechToText: null } => "recogniser (AgentDefinition.SpeechToText)",
            { LanguageModel: null } => "language model (AgentDefinition.LanguageModel)",
            { TextToSpeech: null } => "synthesizer (AgentDefinition.TextToSpeech)",
            _ => null,
        };
        if (missing is not null)
            throw new ConfigurationException($"The agent has no {missing}: give it one, or a speech-to-speech model (AgentDefinition.RealtimeModel) in the place of all three.");
    }

    /// <summary>The agent can say words that it is given.</summary>
    /// <exception cref="InvalidOperationException">It cannot.</exception>
    internal static void CheckSpeaksText(AgentDefinition agent)
    {
        if (agent is { TextToSpeech: null, RealtimeModel: { Capabilities.SpeaksGivenText: false } model })
            throw new InvalidOperationException($"{model.Name} does not say a text word by word: give the agent a synthesizer as well (AgentDefinition.TextToSpeech), or ask for an answer with GenerateReply.");
    }

    private static void Check(AgentDefinition agent, RealtimeCapabilities model, string name, TurnOptions turns)
    {
        if (agent.LanguageModel is not null)
            throw new ConfigurationException($"The agent has a language model and the speech-to-speech model {name}, which both decide what to say: give it one of the two.");
        if (turns.Mode == EndpointingMode.Realtime && !model.EndsTurns)
            throw new ConfigurationException($"{name} does not tell when the user's turn has ended: set Turns:Endpointing:Mode to VoiceActivity, Detector or Manual.");
        if (turns.Mode == EndpointingMode.SpeechToText && agent.SpeechToText is null)
            throw new ConfigurationException("Turns:Endpointing:Mode is SpeechToText and the agent has no recogniser beside its speech-to-speech model: give it one, or choose Realtime.");
        if (turns is { Mode: EndpointingMode.Detector, DetectorNeedsAudio: false } && agent.SpeechToText is null)
        {
            throw new ConfigurationException(
                $"Turns:Endpointing:Mode is Detector, and {agent.TurnDetector!.Name} judges words, which come from {name} after the turn: give the agent a recogniser as well, a detector that listens, or choose Realtime.");
        }

        if (agent.TextToSpeech is not null)
            return;
        if (turns.Fillers.Delay > TimeSpan.Zero)
            throw new ConfigurationException($"Turns:Fillers:Delay is {turns.Fillers.Delay}, and {name} cannot speak while it answers: give the agent a synthesizer as well, or set the delay to 0.");
        if (!model.SpeaksGivenText && !string.IsNullOrWhiteSpace(agent.Greeting))
            throw new ConfigurationException($"The agent has a greeting, and {name} does not say a text word by word: give the agent a synthesizer as well, or no greeting.");
    }
}
