using System.Runtime.InteropServices;
using Agent.Providers.Connections;

namespace Agent.Providers.OpenAi.Speech.Realtime;

/// <summary>A connection for one stream.</summary>
/// <param name="Socket">The connection, owned by the stream.</param>
/// <param name="IsSetUp">Whether the vendor has taken the session's settings already.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TranscriptionConnection(VendorSocket Socket, bool IsSetUp);
