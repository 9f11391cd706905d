namespace Agent.LoopbackVendors.OpenAi.Chat;

/// <summary>A request that the real service refuses too.</summary>
internal sealed class RequestRefusedException(string message, string? param = null, int status = 400, string? code = null) : Exception(message)
{
    public string? Param { get; } = param;

    public int Status { get; } = status;

    public string? Code { get; } = code;
}
