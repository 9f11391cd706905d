using Microsoft.Extensions.Options;

namespace Agent.Providers.Settings;

/// <summary>Checks options by <see cref="SettingsCheck"/> when they are read for the first time.</summary>
/// <typeparam name="TOptions">The class of settings.</typeparam>
internal sealed class SettingsValidator<TOptions>(string section) : IValidateOptions<TOptions>
    where TOptions : class
{
    public ValidateOptionsResult Validate(string? name, TOptions options) =>
        SettingsCheck.Failures(options, section).ToList() is { Count: > 0 } failures ? ValidateOptionsResult.Fail(failures) : ValidateOptionsResult.Success;
}
