namespace Agent.DevServer.Sockets;

/// <summary>Why nothing more is read from a socket.</summary>
internal enum SocketEnd
{
    /// <summary>It goes on.</summary>
    None,

    /// <summary>The client closed it.</summary>
    Closed,

    /// <summary>The connection broke.</summary>
    Lost,

    /// <summary>A text frame came; only protobuf in binary frames is spoken here.</summary>
    Text,

    /// <summary>A message was larger than the limit.</summary>
    TooLarge,
}
