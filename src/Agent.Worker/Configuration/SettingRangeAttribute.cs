using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Agent.Worker.Configuration;

/// <summary>A number or a time that has to lie within limits; says the limits and the value seen.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SettingRangeAttribute : ValidationAttribute
{
    private readonly double _minimum;
    private readonly double _maximum;
    private readonly TimeSpan? _minimumTime;
    private readonly TimeSpan? _maximumTime;

    public SettingRangeAttribute(double minimum, double maximum)
    {
        _minimum = minimum;
        _maximum = maximum;
    }

    /// <summary>Limits of a time, as <c>[d.]hh:mm:ss</c>.</summary>
    public SettingRangeAttribute(string minimum, string maximum)
    {
        _minimumTime = TimeSpan.Parse(minimum, CultureInfo.InvariantCulture);
        _maximumTime = TimeSpan.Parse(maximum, CultureInfo.InvariantCulture);
    }

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        var (within, limits) = value switch
        {
            null => (true, ""),
            TimeSpan time => (time >= _minimumTime && time <= _maximumTime, $"{_minimumTime} to {_maximumTime}"),
            IConvertible number => (
                number.ToDouble(CultureInfo.InvariantCulture) is var seen && seen >= _minimum && seen <= _maximum,
                string.Create(CultureInfo.InvariantCulture, $"{_minimum:#,0.###} to {_maximum:#,0.###}")),
            _ => throw new NotSupportedException($"{value.GetType()} has no range"),
        };
        return within
            ? ValidationResult.Success
            : new ValidationResult(
                string.Create(CultureInfo.InvariantCulture, $"{SettingSection.NameOf(validationContext)} is {value}; it has to be {limits}."),
                [validationContext.MemberName ?? ""]);
    }
}
