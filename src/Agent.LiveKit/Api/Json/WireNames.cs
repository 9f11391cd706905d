using System.Collections.Frozen;
using System.Reflection;
using Google.Protobuf.Reflection;

namespace Agent.LiveKit.Api.Json;

/// <summary>The lower-case names of a protobuf enumeration, as LiveKit writes them into tokens (<c>screen_share</c>, <c>agent</c>).</summary>
internal static class WireNames<T>
    where T : struct, Enum
{
    private static readonly FrozenDictionary<T, string> ByValue = typeof(T)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .ToFrozenDictionary(field => (T)field.GetValue(null)!, field => field.GetCustomAttribute<OriginalNameAttribute>()!.Name.ToLowerInvariant());

    private static readonly FrozenDictionary<string, T> ByName = ByValue.ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.OrdinalIgnoreCase);

    public static string Of(T value) =>
        ByValue.TryGetValue(value, out var name) ? name : throw new ArgumentOutOfRangeException(nameof(value), value, $"{typeof(T).Name} has no such value.");

    public static bool TryParse(string? name, out T value)
    {
        value = default;
        return name is not null && ByName.TryGetValue(name, out value);
    }
}
