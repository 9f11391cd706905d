namespace Agent.Pipeline.Replies;

/// <summary>What a tool may say about itself in <see cref="Microsoft.Extensions.AI.AITool.AdditionalProperties"/>.</summary>
public static class ToolProperties
{
    /// <summary>
    /// Set to <see langword="true"/> by a tool that changes nothing: it may run for an answer that is prepared before the user's turn has ended, and
    /// whose result nobody may ask for. Others wait until the turn is over. <see cref="System.ComponentModel.ReadOnlyAttribute"/> on the method says the same.
    /// </summary>
    public const string ReadOnly = "readOnly";
}
