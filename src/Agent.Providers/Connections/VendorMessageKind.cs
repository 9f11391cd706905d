namespace Agent.Providers.Connections;

/// <summary>What came over a vendor's WebSocket.</summary>
internal enum VendorMessageKind
{
    /// <summary>A whole text message, UTF-8.</summary>
    Text,

    /// <summary>A whole binary message.</summary>
    Binary,

    /// <summary>The vendor has closed its side; see <see cref="VendorSocket.CloseCode"/>.</summary>
    Closed,
}
