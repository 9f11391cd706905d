namespace Agent.LoopbackVendors.ElevenLabs;

/// <summary>A piece of spoken text: sound, and when each of its characters is spoken, from the beginning of the piece.</summary>
/// <param name="Pcm">The sound, 16-bit little-endian.</param>
/// <param name="Characters">The characters.</param>
/// <param name="StartsMs">When each begins.</param>
/// <param name="DurationsMs">How long each lasts.</param>
internal sealed record SpokenPiece(byte[] Pcm, IReadOnlyList<string> Characters, IReadOnlyList<int> StartsMs, IReadOnlyList<int> DurationsMs);
