namespace Agent.WebRtc.Sdp;

/// <summary>A session description is malformed or asks for something that cannot be done.</summary>
public sealed class SdpException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong, with the limit and the value seen.</param>
    public SdpException(string message)
        : base(message)
    {
    }
}
