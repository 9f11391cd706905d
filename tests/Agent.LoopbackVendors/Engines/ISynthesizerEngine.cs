namespace Agent.LoopbackVendors.Engines;

/// <summary>Turns words into speech.</summary>
public interface ISynthesizerEngine
{
    /// <summary>Speaks a text.</summary>
    Task<EngineSpeech> SpeakAsync(string text, int sampleRateHz, CancellationToken cancellationToken);
}
