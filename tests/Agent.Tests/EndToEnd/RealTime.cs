namespace Agent.Tests.EndToEnd;

/// <summary>Tests of speech over real media: sound that comes late is lost, so nothing else runs beside them and takes the processor.</summary>
[CollectionDefinition(nameof(RealTime), DisableParallelization = true)]
public sealed class RealTime;
