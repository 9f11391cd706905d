namespace Agent.Providers.Anthropic.Wire;

/// <summary>What is new (anthropic-sdk 1.12, <c>RawContentBlockDelta</c>, <c>RawMessageDeltaEvent.Delta</c>).</summary>
/// <param name="Type"><c>text_delta</c>, <c>input_json_delta</c>, <c>thinking_delta</c>, <c>signature_delta</c> or another; none in <c>message_delta</c>.</param>
/// <param name="Text">Text.</param>
/// <param name="PartialJson">A piece of a call's arguments.</param>
/// <param name="Thinking">A piece of a thought.</param>
/// <param name="StopReason"><c>end_turn</c>, <c>max_tokens</c>, <c>stop_sequence</c>, <c>tool_use</c>, <c>pause_turn</c>, <c>refusal</c>, <c>model_context_window_exceeded</c>.</param>
internal sealed record MessagesDelta(string? Type, string? Text, string? PartialJson, string? Thinking, string? StopReason);
