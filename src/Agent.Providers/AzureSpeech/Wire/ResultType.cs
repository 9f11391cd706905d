namespace Agent.Providers.AzureSpeech.Wire;

/// <summary>Which results are sent, in <see cref="PhraseOutput"/>. Source: InterimResults and PhraseResults of Microsoft's Speech SDK for JavaScript 1.52.</summary>
internal sealed record ResultType([property: System.Text.Json.Serialization.JsonPropertyName("resultType")] string Type);
