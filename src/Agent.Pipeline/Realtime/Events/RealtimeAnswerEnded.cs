using Agent.Pipeline.Errors;
using Microsoft.Extensions.AI;

namespace Agent.Pipeline.Realtime.Events;

/// <summary>Nothing more of an answer comes.</summary>
/// <param name="RequestId">The answer.</param>
/// <param name="Usage">What it costs; null where the model does not say.</param>
/// <param name="Error">Why there is less of it than there should be; null where it is whole.</param>
public sealed record RealtimeAnswerEnded(string RequestId, UsageDetails? Usage, ProviderException? Error = null) : RealtimeAnswerEvent(RequestId);
