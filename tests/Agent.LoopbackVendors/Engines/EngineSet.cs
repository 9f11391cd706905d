using Microsoft.Extensions.AI;

namespace Agent.LoopbackVendors.Engines;

/// <summary>Who hears, decides and speaks behind the vendors' protocols.</summary>
/// <param name="Recogniser">Hears.</param>
/// <param name="Dialogue">Decides.</param>
/// <param name="Synthesizer">Speaks.</param>
public sealed record EngineSet(IRecogniserEngine Recogniser, IChatClient Dialogue, ISynthesizerEngine Synthesizer);
