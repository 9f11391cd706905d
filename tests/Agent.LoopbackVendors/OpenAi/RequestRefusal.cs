namespace Agent.LoopbackVendors.OpenAi;

/// <summary>Why a request is refused.</summary>
internal sealed record RequestRefusal(string Message, string? Param, string? Code = null, int Status = 400);
