namespace Agent.LoopbackVendors.OpenAi.RealtimeTranscription;

/// <summary>Why settings are refused.</summary>
internal sealed record SettingsRefusal(string Code, string Message, string Param);
