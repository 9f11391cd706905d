namespace Agent.LiveKit.Rtc;

/// <summary>A participant's attributes have changed.</summary>
public sealed class AttributesChangedEventArgs(Participant participant, IReadOnlyDictionary<string, string> changed) : ParticipantEventArgs(participant)
{
    /// <summary>The new values of those that changed; empty for one that was removed.</summary>
    public IReadOnlyDictionary<string, string> Changed { get; } = changed;
}
