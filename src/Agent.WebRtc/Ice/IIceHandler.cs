namespace Agent.WebRtc.Ice;

/// <summary>What an ICE agent tells the connection it belongs to.</summary>
internal interface IIceHandler
{
    PeerCounters Counters { get; }

    void SendStun(ReadOnlySpan<byte> message, in TransportAddress remote);

    /// <summary>An authenticated check came from, or succeeded to, an address for the first time.</summary>
    void AddressValidated(in TransportAddress remote);

    /// <summary>An address was validated so long ago, and so many others since, that it is kept no longer.</summary>
    void AddressForgotten(in TransportAddress remote);
}
