using System.Text.Json.Serialization;

namespace Agent.Providers.ElevenLabs.Wire;

/// <summary>One pronunciation dictionary. Source: as for <see cref="ContextMessage"/>, schema PronunciationDictionaryLocator.</summary>
/// <param name="Id">The dictionary.</param>
/// <param name="VersionId">Its version.</param>
internal sealed record PronunciationDictionary(
    [property: JsonPropertyName("pronunciation_dictionary_id")] string Id,
    [property: JsonPropertyName("version_id")] string VersionId);
