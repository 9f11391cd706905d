namespace Agent.WebRtc;

/// <summary>Who wants to know by what a connection can be recognised.</summary>
internal interface IPeerDirectory
{
    void UfragAdded(PeerConnection peer, string ufrag);

    void AddressValidated(PeerConnection peer, in TransportAddress remote);

    void AddressForgotten(PeerConnection peer, in TransportAddress remote);
}
