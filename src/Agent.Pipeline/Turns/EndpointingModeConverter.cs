using System.ComponentModel;
using System.Globalization;

namespace Agent.Pipeline.Turns;

/// <summary>Reads a mode by its name or by the short name that the field has for it.</summary>
internal sealed class EndpointingModeConverter() : EnumConverter(typeof(EndpointingMode))
{
    public override object? ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) => value switch
    {
        string name when name.Trim().Equals("vad", StringComparison.OrdinalIgnoreCase) => EndpointingMode.VoiceActivity,
        string name when name.Trim().Equals("stt", StringComparison.OrdinalIgnoreCase) => EndpointingMode.SpeechToText,
        _ => base.ConvertFrom(context, culture, value),
    };
}
