using System.ComponentModel.DataAnnotations;

namespace Agent.Worker.Configuration;

/// <summary>Names settings as their owner wrote them: section, colon, name.</summary>
internal static class SettingSection
{
    internal static string NameOf(ValidationContext context) => context.ObjectInstance switch
    {
        LiveKitOptions => $"{LiveKitOptions.Section}:{context.MemberName}",
        WorkerOptions => $"{WorkerOptions.Section}:{context.MemberName}",
        HealthOptions => $"{HealthOptions.Section}:{context.MemberName}",
        _ => context.MemberName ?? context.DisplayName,
    };
}
