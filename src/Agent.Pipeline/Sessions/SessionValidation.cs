using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Agent.Pipeline.Errors;
using Agent.Pipeline.Turns;

namespace Agent.Pipeline.Sessions;

/// <summary>What has to hold before a session can begin.</summary>
internal static class SessionValidation
{
    /// <summary>Every option is in its range.</summary>
    /// <exception cref="ConfigurationException">One is not.</exception>
    internal static void Check(SessionOptions options)
    {
        foreach (var part in new object[] { options, options.Turns, options.Turns.Endpointing, options.Turns.Interruption, options.Turns.Preemptive, options.Turns.Fillers, options.Turns.UserTurnLimit, options.VoiceActivity })
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

        if (turns.Mode == EndpointingMode.Realtime)
        {
            throw new ConfigurationException(
                "Turns:Endpointing:Mode is Realtime and the agent has no speech-to-speech model that could end turns: choose Automatic, VoiceActivity, SpeechToText, Detector or Manual.");
        }
    }
}
