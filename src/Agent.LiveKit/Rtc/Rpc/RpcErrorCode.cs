namespace Agent.LiveKit.Rtc;

/// <summary>LiveKit's own codes of failed remote calls; an application may use any other below 1001 and above 1999.</summary>
public static class RpcErrorCode
{
    /// <summary>The called side has no such method.</summary>
    public const int UnsupportedMethod = 1400;

    /// <summary>Nobody has that identity.</summary>
    public const int RecipientNotFound = 1401;

    /// <summary>The request is too long for the called side.</summary>
    public const int RequestPayloadTooLarge = 1402;

    /// <summary>The method failed.</summary>
    public const int ApplicationError = 1500;

    /// <summary>The called side did not take the call in time.</summary>
    public const int ConnectionTimeout = 1501;

    /// <summary>The called side did not answer in time.</summary>
    public const int ResponseTimeout = 1502;

    /// <summary>The called side has left.</summary>
    public const int RecipientDisconnected = 1503;

    /// <summary>The answer is too long for the calling side.</summary>
    public const int ResponsePayloadTooLarge = 1504;

    /// <summary>The request could not be sent.</summary>
    public const int SendFailed = 1505;
}
