namespace Agent.WebRtc;

/// <summary>What the secured transport tells the connection.</summary>
internal interface ITransportHandler
{
    void SendDatagram(ReadOnlySpan<byte> datagram, in TransportAddress remote);

    void TransportChanged(PeerConnectionState state);

    void AddressValidated(in TransportAddress remote);

    void AddressForgotten(in TransportAddress remote);

    void RtpArrived(ReadOnlySpan<byte> plain, TimeSpan now);

    void RtcpArrived(ReadOnlySpan<byte> plain, TimeSpan now);

    void DataArrived(ReadOnlySpan<byte> packet);
}
