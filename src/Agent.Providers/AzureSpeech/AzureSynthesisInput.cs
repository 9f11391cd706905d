namespace Agent.Providers.AzureSpeech;

/// <summary>How text is given to Azure's synthesizers.</summary>
public enum AzureSynthesisInput
{
    /// <summary>Clause by clause into one utterance: the quickest, with one melody over all. Needs an endpoint with <c>websocket/v2</c>.</summary>
    TextStream,

    /// <summary>Each clause as SSML, one after the other over one connection: understood by every endpoint.</summary>
    Ssml,
}
