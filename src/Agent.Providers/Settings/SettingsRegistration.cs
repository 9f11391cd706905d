using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Agent.Providers.Settings;

/// <summary>Registers classes of settings.</summary>
internal static class SettingsRegistration
{
    /// <summary>Reads a section of the configuration into a class, holds it to its limits, and knows its keys.</summary>
    internal static OptionsBuilder<TOptions> AddSettings<TOptions>(this IServiceCollection services, string section)
        where TOptions : class
    {
        var known = new SettingsSection(section, typeof(TOptions));
        if (!services.Any(service => known.Equals(service.ImplementationInstance)))
        {
            services.AddSingleton(known);
            services.AddSingleton<IValidateOptions<TOptions>>(new SettingsValidator<TOptions>(section));
        }

        return services.AddOptions<TOptions>().BindConfiguration(section);
    }
}
