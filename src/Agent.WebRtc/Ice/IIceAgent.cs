using Agent.WebRtc.Stun;

namespace Agent.WebRtc.Ice;

/// <summary>One side of ICE for one component (bundled, RTCP multiplexed).</summary>
internal interface IIceAgent
{
    /// <summary>The credentials that the next description carries.</summary>
    IceCredentials Local { get; }

    /// <summary>Where to send; null before the first validated address.</summary>
    TransportAddress? Selected { get; }

    /// <summary>When an authenticated message last came; null before the first.</summary>
    TimeSpan? LastHeard { get; }

    TimeSpan? NextTimeout { get; }

    /// <summary>Takes new local credentials; the old ones stay valid until the new ones are used.</summary>
    void Restart();

    void SetRemote(IceCredentials remote, TimeSpan now);

    void AddRemoteCandidate(IceCandidate candidate, TimeSpan now);

    void Handle(in StunMessage message, in TransportAddress remote, TimeSpan now);

    void HandleTimeout(TimeSpan now);

    bool IsValidated(in TransportAddress remote);
}
