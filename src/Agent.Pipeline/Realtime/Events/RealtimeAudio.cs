using Agent.Pipeline.Audio;

namespace Agent.Pipeline.Realtime.Events;

/// <summary>The next sound of an answer.</summary>
/// <param name="RequestId">The answer.</param>
/// <param name="ItemId">The part of the answer, for <see cref="IRealtimeConnection.Truncate"/>.</param>
/// <param name="Frame">The sound at <see cref="RealtimeCapabilities.OutputSampleRateHz"/>; the reader's.</param>
public sealed record RealtimeAudio(string RequestId, string ItemId, AudioFrame Frame) : RealtimeAnswerEvent(RequestId);
