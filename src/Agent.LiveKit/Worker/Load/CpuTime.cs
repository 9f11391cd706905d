using System.Runtime.InteropServices;

namespace Agent.LiveKit.Worker.Load;

/// <summary>A reading of counters that only grow.</summary>
/// <param name="Used">CPU seconds used.</param>
/// <param name="Capacity">CPU seconds that could have been used; <see cref="double.NaN"/> if they follow from the wall clock and <paramref name="Processors"/>.</param>
/// <param name="Processors">How many processors' worth of time there is for each second.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CpuTime(double Used, double Capacity, double Processors);
