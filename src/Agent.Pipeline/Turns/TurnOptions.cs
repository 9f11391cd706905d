using System.ComponentModel.DataAnnotations;
using Agent.Pipeline.EndOfTurn;

namespace Agent.Pipeline.Turns;

/// <summary>Who has the floor.</summary>
public sealed class TurnOptions
{
    /// <summary>When the user's turn has ended.</summary>
    [Required]
    public EndpointingOptions Endpointing { get; set; } = new();

    /// <summary>When the user may take the floor from the agent.</summary>
    [Required]
    public InterruptionOptions Interruption { get; set; } = new();

    /// <summary>Beginning the answer before the end of the user's turn is certain.</summary>
    [Required]
    public PreemptiveOptions Preemptive { get; set; } = new();

    /// <summary>What the agent says while its answer takes long.</summary>
    [Required]
    public FillerOptions Fillers { get; set; } = new();

    /// <summary>The shortest silence between two utterances of the agent that wait for one another; answers to the user do not wait.</summary>
    /// <value>0 to 10 s, default 0.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan MinGap { get; set; }

    /// <summary>How long a turn of the user may be.</summary>
    [Required]
    public UserTurnLimitOptions UserTurnLimit { get; set; } = new();

    /// <summary>These options for one session: the nested parts stay shared, what the session's engines bring is set.</summary>
    internal TurnOptions For(TimeSpan detectionDelay, ITurnDetector? detector, bool modelHears = false)
    {
        var copy = (TurnOptions)MemberwiseClone();
        copy.DetectionDelay = detectionDelay;
        copy.Remarks = RemarkWords.With(Interruption.Backchannels, Interruption.StopWords);
        copy.DetectorThreshold = detector?.Threshold;
        copy.ModelHears = modelHears;
        copy.DetectorNeedsAudio = detector?.NeedsAudio ?? false;
        return copy;
    }

    /// <summary>The probability from which the agent's turn detector holds a turn to be over; null when the agent has none.</summary>
    internal double? DetectorThreshold { get; set; }

    /// <summary>Whether the agent's turn detector listens to the sound, so that it can be asked before there are words.</summary>
    internal bool DetectorNeedsAudio { get; set; }

    /// <summary>Whether a speech-to-speech model answers the voice, so that no words are needed.</summary>
    internal bool ModelHears { get; set; }

    /// <summary>Who decides that the user's turn has ended, for this agent.</summary>
    internal EndpointingMode Mode => Endpointing.Mode switch
    {
        EndpointingMode.Automatic when ModelHears => EndpointingMode.Realtime,
        EndpointingMode.Automatic when DetectorThreshold is not null => EndpointingMode.Detector,
        EndpointingMode.Automatic => EndpointingMode.VoiceActivity,
        var mode => mode,
    };

    /// <summary>Tells signs of listening and wishes for silence from other speech.</summary>
    internal RemarkWords Remarks { get; set; } = RemarkWords.Usual;

    /// <summary>How long after the end of speech the end is known; the session takes it from its voice activity.</summary>
    internal TimeSpan DetectionDelay { get; set; }

    /// <summary>How long neither side has to speak until the user counts as away; zero never.</summary>
    /// <value>0 to 1 h, default 15 s.</value>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan UserAwayTimeout { get; set; } = TimeSpan.FromSeconds(15);
}
