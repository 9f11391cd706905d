using System.Text.Json.Serialization;

namespace Agent.Pipeline.Recordings.Lines;

/// <summary>One line of a recording. Times are on the session's clock.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "line", UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization)]
[JsonDerivedType(typeof(HeaderLine), "header")]
[JsonDerivedType(typeof(InputLine), "input")]
[JsonDerivedType(typeof(HistoryLine), "history")]
[JsonDerivedType(typeof(TurnLine), "turn")]
[JsonDerivedType(typeof(FailureLine), "failure")]
[JsonDerivedType(typeof(EndLine), "end")]
internal abstract record RecordingLine;
