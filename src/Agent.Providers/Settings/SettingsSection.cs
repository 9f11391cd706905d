namespace Agent.Providers.Settings;

/// <summary>A section of the configuration, and the class that its settings are read into.</summary>
/// <param name="Path">For example <c>Providers:Deepgram</c>.</param>
/// <param name="Options">The class.</param>
internal sealed record SettingsSection(string Path, Type Options)
{
    /// <summary>Keys that are read beside the class.</summary>
    internal IReadOnlyList<string> Also { get; init; } = [];
}
