namespace Agent.LoopbackVendors.Engines;

/// <summary>Turns speech into words.</summary>
public interface IRecogniserEngine
{
    /// <summary>Begins to listen to one client's audio, 16-bit mono.</summary>
    IRecogniserRun Begin(int sampleRateHz);
}
