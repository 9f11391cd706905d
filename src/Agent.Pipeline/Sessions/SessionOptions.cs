using System.ComponentModel.DataAnnotations;
using Agent.Pipeline.Listening;
using Agent.Pipeline.Recordings;
using Agent.Pipeline.Rooms;
using Agent.Pipeline.Turns;
using Agent.Pipeline.Vad;

namespace Agent.Pipeline.Sessions;

/// <summary>How a session behaves, whatever the agent.</summary>
public sealed class SessionOptions
{
    /// <summary>Who has the floor.</summary>
    [Required]
    public TurnOptions Turns { get; set; } = new();

    /// <summary>How probabilities of speech become speech with a start and an end.</summary>
    [Required]
    public VoiceActivityOptions VoiceActivity { get; set; } = new();

    /// <summary>When a recogniser's connection is replaced.</summary>
    [Required]
    public RecogniserOptions Recogniser { get; set; } = new();

    /// <summary>Whether and where the session is recorded.</summary>
    [Required]
    public RecordingOptions Recording { get; set; } = new();

    /// <summary>Whom to listen to; null is the first to join of the <see cref="ParticipantKinds"/>.</summary>
    /// <value>Default null.</value>
    public string? ParticipantIdentity { get; set; }

    /// <summary>What kinds of participants are listened to where no identity is given.</summary>
    /// <value>Default <see cref="ParticipantKind.Standard"/> and <see cref="ParticipantKind.Phone"/>; empty means these too.</value>
    public IList<ParticipantKind> ParticipantKinds { get; } = [];

    /// <summary>How long a participant who left may take to come back before the session ends; zero ends it at once.</summary>
    /// <value>0 to 1 h, default 20 s.</value>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan RejoinTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How many times in one turn the model may call tools before it has to answer.</summary>
    /// <value>0 to 50, default 3.</value>
    [Range(0, 50)]
    public int MaxToolSteps { get; set; } = 3;

    /// <summary>How many failures in a row of one part end the session.</summary>
    /// <value>1 to 100, default 3.</value>
    [Range(1, 100)]
    public int MaxFailuresInARow { get; set; } = 3;

    /// <summary>How long closing waits for engines that do not end when told.</summary>
    /// <value>0.1 to 60 s, default 5 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan CloseTimeout { get; set; } = TimeSpan.FromSeconds(5);
}
