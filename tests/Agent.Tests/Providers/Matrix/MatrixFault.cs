using Agent.LoopbackVendors.Faults;

namespace Agent.Tests.Providers.Matrix;

/// <summary>A column of the fault matrix.</summary>
/// <param name="Title">What stands above it.</param>
/// <param name="Fault">What goes wrong, with every request.</param>
internal sealed record MatrixFault(string Title, Fault Fault)
{
    /// <summary>Whether one question is answered well before anything goes wrong, over connections that are open by then.</summary>
    public bool AfterFirstTurn { get; init; }

    public static IReadOnlyList<MatrixFault> All { get; } =
    [
        new("none", Fault.None),
        new("401", Fault.Http(401)),
        new("402", Fault.Http(402)),
        new("429, wait 30 s", Fault.Http(429, TimeSpan.FromSeconds(30))),
        new("500", Fault.Http(500)),
        new("503", Fault.Http(503)),
        new("a web page", new(FaultKind.WebPage)),
        new("never connects", new(FaultKind.HangAtConnect)),
        new("never answers", new(FaultKind.HangBeforeFirstByte)),
        new("stops answering", new(FaultKind.HangAfterFirstByte)),
        new("stops answering later", new(FaultKind.HangAfterFirstByte)) { AfterFirstTurn = true },
        new("drops", new(FaultKind.Drop)),
        new("half-closes", new(FaultKind.HalfClose)),
        new("garbage", new(FaultKind.Garbage)),
        new("own error", new(FaultKind.ErrorMessage)),
        new("unknown message", new(FaultKind.UnknownMessage)),
        new("partial frames", new(FaultKind.PartialFrames)),
        new("slow drip", new(FaultKind.SlowDrip)),
    ];

    public override string ToString() => Title;
}
