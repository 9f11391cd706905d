using System.ComponentModel;
using System.Reflection;
using Microsoft.Extensions.AI;

namespace Agent.Pipeline.Replies;

/// <summary>Which tools only read, so that they may run for an answer that nobody may ever hear.</summary>
internal static class ReadOnlyTools
{
    internal static bool IsReadOnly(AIFunction tool) =>
        tool.AdditionalProperties.TryGetValue(ToolProperties.ReadOnly, out var value)
            ? value is true
            : tool.UnderlyingMethod?.GetCustomAttribute<ReadOnlyAttribute>()?.IsReadOnly == true;
}
