using Agent.LoopbackVendors.Engines;
using Agent.LoopbackVendors.Faults;

namespace Agent.LoopbackVendors.Serving;

/// <summary>What all vendors share.</summary>
/// <param name="Engines">Who hears, decides and speaks.</param>
/// <param name="Faults">What goes wrong.</param>
/// <param name="Latencies">How long answers take.</param>
/// <param name="Requests">What was asked.</param>
/// <param name="Keys">Which keys are good.</param>
/// <param name="Time">The clock.</param>
internal sealed record VendorWorld(EngineSet Engines, FaultPlan Faults, LatencyPlan Latencies, RequestLog Requests, KeyRing Keys, TimeProvider Time);
