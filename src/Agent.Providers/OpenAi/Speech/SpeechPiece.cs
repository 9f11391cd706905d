using System.Runtime.InteropServices;
using Agent.Providers.Connections;

namespace Agent.Providers.OpenAi.Speech;

/// <summary>What comes next out of a <see cref="SpeechExchange"/>.</summary>
/// <param name="Item">Samples, or what was told about those before.</param>
/// <param name="Samples">The samples, valid until the next piece is read.</param>
/// <param name="Position">The position of the first sample.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SpeechPiece(OutboxItem Item, ReadOnlyMemory<short> Samples, long Position);
