namespace Agent.Tests.EndToEnd.Rtc;

/// <summary>Tests that count what belongs to the whole process: nothing else runs beside them.</summary>
[CollectionDefinition(nameof(AloneInTheProcess), DisableParallelization = true)]
public sealed class AloneInTheProcess;
