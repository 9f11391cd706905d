using System.ComponentModel.DataAnnotations;

namespace Agent.Pipeline.Turns;

/// <summary>
/// How long one turn of the user may be. A turn that reaches its limit is committed although the user speaks, and the agent takes the floor.
/// The speech that goes on does not interrupt it and is no turn, until the user pauses or the agent has finished; words of the sentence
/// that was being spoken at the limit still belong to the turn in the history.
/// </summary>
public sealed class UserTurnLimitOptions
{
    /// <summary>The most words; null is no limit.</summary>
    /// <value>1 to 10,000, default null.</value>
    [Range(1, 10_000)]
    public int? MaxWords { get; set; }

    /// <summary>The longest time since the turn's first speech, pauses included; null is no limit.</summary>
    /// <value>1 s to 1 h, default null.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan? MaxDuration { get; set; }

    /// <summary>What the model is told for the answer to a turn that reached its limit; empty tells it nothing.</summary>
    /// <value>Default: to cut in politely and to be brief.</value>
    [Required(AllowEmptyStrings = true)]
    public string Instructions { get; set; } =
        "The user has been talking for so long that you had to cut in. Do so politely, answer in one or two short sentences, and give the word back.";
}
