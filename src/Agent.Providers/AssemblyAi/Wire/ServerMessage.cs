using System.Text.Json.Serialization;

namespace Agent.Providers.AssemblyAi.Wire;

/// <summary>
/// Any message of the streaming service; one whose type is not known here is this base alone. The type may stand anywhere in a message.
/// Source: assemblyai.com/docs/streaming/universal-streaming/message-sequence (2026) and the service's AsyncAPI description usm-streaming.yml 1.0.0 (2026-03).
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type", IgnoreUnrecognizedTypeDiscriminators = true, UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FallBackToBaseType)]
[JsonDerivedType(typeof(BeginMessage), "Begin")]
[JsonDerivedType(typeof(TurnMessage), "Turn")]
[JsonDerivedType(typeof(TerminationMessage), "Termination")]
[JsonDerivedType(typeof(ErrorMessage), "Error")]
[JsonDerivedType(typeof(WarningMessage), "Warning")]
internal record ServerMessage;
