using System.Net.WebSockets;

namespace Agent.LoopbackVendors.Serving;

/// <summary>A vendor's own shape of messages that faults send.</summary>
/// <param name="Unknown">A well-formed message of a type that does not exist.</param>
/// <param name="Error">The vendor's report of an error of its own.</param>
internal sealed record SocketFaultMessages(ReadOnlyMemory<byte> Unknown, ReadOnlyMemory<byte> Error)
{
    /// <summary>As what they are sent.</summary>
    public WebSocketMessageType Type { get; init; } = WebSocketMessageType.Text;

    /// <summary>The code with which the vendor closes after its error; null where it stays open.</summary>
    public int? CloseCodeAfterError { get; init; }

    /// <summary>The words with that code.</summary>
    public string? CloseReasonAfterError { get; init; }
}
