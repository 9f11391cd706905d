using System.Text.RegularExpressions;
using Agent.Providers.Settings;

namespace Agent.Worker.Hosting;

/// <summary>
/// Says of a setting that could not be read what was seen and how it is written. The configuration binder's own message names .NET's types instead, in a fixed form
/// (Microsoft.Extensions.Configuration.Binder, resource <c>Error_FailedBinding</c>).
/// </summary>
internal static partial class UnreadableSetting
{
    internal static string Describe(Exception binding)
    {
        if (Form().Match(binding.Message) is not { Success: true } seen)
            return $"{binding.Message.TrimEnd('.')}. Times look like 00:00:30, numbers like 25, switches like true.";
        return $"{seen.Groups["key"].Value} is {SeenText.Of(seen.Groups["value"].Value)}; it has to be {Expected(TypeOf(seen.Groups["type"].Value))}.";
    }

    private static Type? TypeOf(string name) =>
        AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetType(name)).FirstOrDefault(type => type is not null);

    private static string Expected(Type? type) => type switch
    {
        { IsEnum: true } => $"one of {string.Join(", ", Enum.GetNames(type))}",
        _ when type == typeof(TimeSpan) => "a time such as 00:00:30 or 00:00:00.5",
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(int) || type == typeof(long) => "a whole number such as 25",
        _ when type == typeof(double) => "a number such as 0.5",
        _ => $"a {type?.Name ?? "value of another kind"}",
    };

    [GeneratedRegex("^Failed to convert configuration value '(?<value>.*)' at '(?<key>[^']*)' to type '(?<type>[^']*)'", RegexOptions.Singleline, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Form();
}
