namespace Agent.LiveKit.Worker.Load;

/// <summary>This process's own CPU time: for systems where the machine's cannot be read.</summary>
internal sealed class ProcessCpuMeter : ICpuMeter
{
    public CpuTime? Read() => OperatingSystem.IsBrowser() || OperatingSystem.IsIOS() || OperatingSystem.IsTvOS()
        ? null
        : new CpuTime(Environment.CpuUsage.TotalTime.TotalSeconds, double.NaN, Environment.ProcessorCount);
}
