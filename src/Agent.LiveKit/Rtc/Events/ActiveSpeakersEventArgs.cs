namespace Agent.LiveKit.Rtc;

/// <summary>Other people speak than before.</summary>
public sealed class ActiveSpeakersEventArgs(IReadOnlyList<Participant> speakers) : EventArgs
{
    /// <summary>Who speaks now, the loudest first.</summary>
    public IReadOnlyList<Participant> Speakers { get; } = speakers;
}
