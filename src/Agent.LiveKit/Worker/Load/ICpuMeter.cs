namespace Agent.LiveKit.Worker.Load;

/// <summary>Measures how busy the processors are that this process may use.</summary>
internal interface ICpuMeter
{
    /// <summary>Total CPU time used and available since some fixed moment, in seconds; nothing if it cannot be read.</summary>
    CpuTime? Read();
}
