using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace Agent.Providers.Settings;

/// <summary>Holds settings to the limits that their properties declare, those of the objects inside them too, and says of each that is wrong its key, the value seen and the limits.</summary>
internal static class SettingsCheck
{
    /// <summary>What is wrong, a sentence each; empty when nothing is.</summary>
    /// <param name="settings">An object of settings.</param>
    /// <param name="section">Where it is configured, e.g. <c>Providers:Deepgram</c>.</param>
    internal static IEnumerable<string> Failures(object settings, string section)
    {
        foreach (var property in SettingsShape.Properties(settings.GetType()))
        {
            var (key, value) = ($"{section}:{property.Name}", property.GetValue(settings));
            foreach (var limit in property.GetCustomAttributes<ValidationAttribute>())
            {
                if (!limit.IsValid(value))
                    yield return Describe(key, value, limit);
            }

            foreach (var inside in Inside(key, value).SelectMany(part => Failures(part.Settings, part.Key)))
                yield return inside;
        }

        // Its messages begin with the name of a property.
        if (settings is IValidatableObject whole)
        {
            foreach (var failure in whole.Validate(new ValidationContext(settings)))
                yield return $"{section}:{failure.ErrorMessage}";
        }
    }

    private static IEnumerable<(string Key, object Settings)> Inside(string key, object? value)
    {
        if (value is IDictionary named && SettingsShape.ValueOf(value.GetType()) is { } type && SettingsShape.IsSettings(type))
        {
            foreach (DictionaryEntry entry in named)
                yield return ($"{key}:{entry.Key}", entry.Value!);
        }
        else if (value is not null && SettingsShape.IsSettings(value.GetType()))
        {
            yield return (key, value);
        }
    }

    private static string Describe(string key, object? value, ValidationAttribute limit) => limit switch
    {
        RequiredAttribute => $"{key} is not set{(Told(limit) is { } what ? $"; it has to be {what}" : "")}.",
        MaxLengthAttribute most => string.Create(CultureInfo.InvariantCulture, $"{key} has {(value as ICollection)?.Count ?? value?.ToString()?.Length ?? 0} entries; it may have {most.Length}."),
        _ => $"{key} is {Written(value)}; it has to be {Told(limit) ?? Limits(limit)}.{Trap(value)}",
    };

    // What an attribute says by itself is a whole sentence with a place for the name.
    private static string? Told(ValidationAttribute limit) => limit.ErrorMessage is { } words && !words.Contains("{0}", StringComparison.Ordinal) ? words : null;

    private static string Limits(ValidationAttribute limit) => limit switch
    {
        RangeAttribute range => $"{Written(range.Minimum)} to {Written(range.Maximum)}",
        AllowedValuesAttribute allowed => OneOf(allowed.Values),
        EnumDataTypeAttribute @enum => OneOf(Enum.GetNames(@enum.EnumType)),
        RegularExpressionAttribute pattern => $"of the form {pattern.Pattern}",
        _ => limit.FormatErrorMessage("it"),
    };

    private static string OneOf(object?[] values) => $"{string.Join(", ", values[..^1].Select(Written))} or {Written(values[^1])}";

    private static string Written(object? value) => value switch
    {
        TimeSpan time => Written(time),
        string text => SeenText.Of(text),
        Enum => $"'{value}'",
        IFormattable number => number.ToString(number is int or long ? "#,0" : "#,0.###", CultureInfo.InvariantCulture),
        _ => $"'{value}'",
    };

    private static string Written(TimeSpan time)
    {
        var text = time.ToString("c", CultureInfo.InvariantCulture);
        return text.LastIndexOf('.') > text.LastIndexOf(':') ? text.TrimEnd('0') : text;
    }

    // "5" is read as five days, which nobody means who writes it.
    private static string Trap(object? value) =>
        value is TimeSpan time && time != TimeSpan.Zero && time.Ticks % TimeSpan.TicksPerDay == 0 ? " A number alone is days; seconds are written 00:00:05." : "";
}
