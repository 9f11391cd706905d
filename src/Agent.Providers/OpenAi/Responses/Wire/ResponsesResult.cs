namespace Agent.Providers.OpenAi.Responses.Wire;

/// <summary>A response (platform.openai.com/docs/api-reference/responses/object).</summary>
/// <param name="Id">Its name.</param>
/// <param name="Model">The model that answers.</param>
/// <param name="Error">Why it failed.</param>
/// <param name="IncompleteDetails">Why it is incomplete.</param>
/// <param name="Usage">What it has cost.</param>
internal sealed record ResponsesResult(string? Id, string? Model, ResponsesError? Error, ResponsesIncomplete? IncompleteDetails, ResponsesUsage? Usage);
