namespace Agent.LiveKit.Rtc;

/// <summary>Somebody on the telephone has pressed a key.</summary>
public sealed class SipDtmfEventArgs(int code, string digit, RemoteParticipant? participant) : EventArgs
{
    /// <summary>The key's number (RFC 4733): 0 to 9, 10 for *, 11 for #, 12 to 15 for A to D.</summary>
    public int Code { get; } = code;

    /// <summary>The key.</summary>
    public string Digit { get; } = digit;

    /// <summary>Who pressed it; null if unknown.</summary>
    public RemoteParticipant? Participant { get; } = participant;
}
