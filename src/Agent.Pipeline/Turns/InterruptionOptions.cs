using System.ComponentModel.DataAnnotations;

namespace Agent.Pipeline.Turns;

/// <summary>When the user may take the floor from the agent.</summary>
public sealed class InterruptionOptions
{
    /// <summary>Whether the agent can be interrupted by speech at all.</summary>
    /// <value>Default true.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// How long the user has to speak before the agent's utterance is cut; its voice pauses at once. A wish for silence ("stop") and an answer over
    /// the end of a question may be shorter.
    /// </summary>
    /// <value>0 to 10 s, default 0.5 s.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan MinDuration { get; set; } = TimeSpan.FromSeconds(0.5);

    /// <summary>
    /// How many words of this barge-in have to be understood before the agent's utterance is cut. With 0 one is enough, and speech that the recogniser has no
    /// answer to within <see cref="FalseInterruptionTimeout"/> cuts as well; sounds without words never do.
    /// </summary>
    /// <value>0 to 20, default 0.</value>
    [Range(0, 20)]
    public int MinWords { get; set; }

    /// <summary>How long the agent's voice stays paused after a barge-in that was no turn; sooner where the recogniser says that nothing was said.</summary>
    /// <value>0 to 30 s, default 2 s.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:30")]
    public TimeSpan FalseInterruptionTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Whether the voice pauses as soon as the user makes a sound, and goes on from the last word boundary when it was no turn. Without it the voice goes on
    /// until the user has taken the floor.
    /// </summary>
    /// <value>Default true.</value>
    public bool ResumeAfterFalseInterruption { get; set; } = true;

    /// <summary>
    /// Whether signs of listening ("mm-hm", "yeah", "right") leave the agent the floor. Over the last second of a question they are answers all the same.
    /// </summary>
    /// <value>Default true.</value>
    public bool IgnoreBackchannels { get; set; } = true;

    /// <summary>More signs of listening, words or phrases, beside those that are known in English, German, French and Spanish.</summary>
    /// <value>Default empty.</value>
    public IList<string> Backchannels { get; } = [];

    /// <summary>More wishes for silence, words or phrases, beside those that are known in English, German, French and Spanish.</summary>
    /// <value>Default empty.</value>
    public IList<string> StopWords { get; } = [];

    /// <summary>Whether words of the user that are what the agent has just said, in the same order and at about the same time, count as its echo and for nothing else.</summary>
    /// <value>Default true.</value>
    public bool EchoGuard { get; set; } = true;

    /// <summary>
    /// How long after the agent's first sound of the session the voice of a user does not interrupt it, because the user's echo canceller is still learning; a wish
    /// for silence does, and other words are answered afterwards. An echo that is recognised later begins it anew. Never for telephones, whose network cancels echoes.
    /// </summary>
    /// <value>0 to 30 s, default 3 s.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:30")]
    public TimeSpan EchoWarmUp { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Whether what the user says over a protected utterance is answered after it; otherwise it counts for nothing.</summary>
    /// <value>Default false.</value>
    public bool KeepSpeechOverProtected { get; set; }
}
