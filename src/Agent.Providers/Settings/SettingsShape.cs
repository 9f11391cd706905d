using System.Reflection;

namespace Agent.Providers.Settings;

/// <summary>What classes of settings look like: which properties they have, and which of these are settings again.</summary>
internal static class SettingsShape
{
    internal static IEnumerable<PropertyInfo> Properties(Type type) =>
        type.GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(property => property.GetIndexParameters().Length == 0);

    /// <summary>Whether it is a class of settings, and no single value or list.</summary>
    internal static bool IsSettings(Type type) =>
        type is { IsClass: true, IsAbstract: false } && type.Name.EndsWith("Options", StringComparison.Ordinal) && type.Assembly.GetName().Name!.StartsWith("Agent.", StringComparison.Ordinal);

    /// <summary>What a dictionary holds under its names; null if the type is no dictionary.</summary>
    internal static Type? ValueOf(Type type) =>
        type.GetInterfaces().Append(type).FirstOrDefault(each => each.IsGenericType && each.GetGenericTypeDefinition() == typeof(IDictionary<,>))?.GetGenericArguments()[1];
}
