using Agent.Pipeline.Ledger;

namespace Agent.Pipeline.Recordings.Lines;

/// <summary>An entry of the ledger.</summary>
/// <param name="At">When it was delivered.</param>
/// <param name="Entry">The entry.</param>
internal sealed record TurnLine(TimeSpan At, TurnEntry Entry) : RecordingLine;
