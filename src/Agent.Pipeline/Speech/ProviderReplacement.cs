using Agent.Pipeline.Errors;
using Microsoft.Extensions.AI;

namespace Agent.Pipeline.Speech;

/// <summary>
/// How a list of language models tells its session that one did not answer and another does: the <see cref="ChatResponseUpdate.RawRepresentation"/> of an update
/// without content, which everybody else passes over.
/// </summary>
/// <param name="Error">Why, and whose failure it was.</param>
/// <param name="By">The name of the one that answers.</param>
public sealed record ProviderReplacement(ProviderException Error, string By);
