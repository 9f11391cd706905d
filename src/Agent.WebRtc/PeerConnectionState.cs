namespace Agent.WebRtc;

/// <summary>The life of a connection: ICE and DTLS taken together.</summary>
public enum PeerConnectionState
{
    /// <summary>Nothing was heard from the remote side yet.</summary>
    New,

    /// <summary>Checks or the DTLS handshake are under way.</summary>
    Connecting,

    /// <summary>Media and data can flow.</summary>
    Connected,

    /// <summary>Nothing was heard for <see cref="PeerConnectionOptions.DisconnectedAfter"/>; may become connected again.</summary>
    Disconnected,

    /// <summary>Final: the handshake failed or the remote side stayed silent for <see cref="PeerConnectionOptions.FailedAfter"/>.</summary>
    Failed,

    /// <summary>Final: disposed by its owner, or the remote side closed DTLS.</summary>
    Closed,
}
