using Agent.Pipeline.Errors;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Agent.Providers.Vendors;

/// <summary>Registers a vendor's settings.</summary>
internal static class VendorRegistration
{
    /// <summary>Binds the section <c>Providers:VENDOR</c>; what it leaves open comes from the vendor's usual environment variables.</summary>
    public static IServiceCollection AddVendorOptions<TOptions, TValidator>(this IServiceCollection services, string section, VendorVariables variables)
        where TOptions : VendorOptions
        where TValidator : class, IValidateOptions<TOptions>
    {
        services.AddOptions<TOptions>()
            .BindConfiguration($"Providers:{section}")
            .PostConfigure<IConfiguration>((options, configuration) =>
            {
                if (options.ApiKey.Length == 0)
                    options.ApiKey = First(configuration, variables.ApiKey)?.Trim() ?? "";
                options.BaseUrl ??= Address(configuration, variables.BaseUrl);
            });
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TOptions>, TValidator>());
        return services;
    }

    /// <summary>Requires a key, before anything is connected.</summary>
    /// <exception cref="ConfigurationException">There is none, or it cannot be one.</exception>
    public static void RequireKey(this VendorOptions options, string provider, string section, VendorVariables variables)
    {
        if (options.ApiKey.Length == 0)
            throw new ConfigurationException($"'{provider}' cannot be used: it needs a key. Set the environment variable {variables.ApiKey[0]}, or Providers:{section}:ApiKey in a file that only the worker can read.");
        if (options.ApiKey.AsSpan().ContainsAnyInRange('\0', ' ') || options.ApiKey.AsSpan().ContainsAnyExceptInRange('\0', '~'))
            throw new ConfigurationException($"'{provider}' cannot be used: its key ({variables.ApiKey[0]} or Providers:{section}:ApiKey) holds a character that no key has, such as a space, a line break or a typographic quote.");
    }

    private static string? First(IConfiguration configuration, IReadOnlyList<string> names) =>
        names.Select(name => configuration[name]).FirstOrDefault(value => !string.IsNullOrWhiteSpace(value));

    private static Uri? Address(IConfiguration configuration, IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            if (configuration[name] is not { } value || string.IsNullOrWhiteSpace(value))
                continue;
            if (Uri.TryCreate(value.Trim(), UriKind.Absolute, out var address) && address.Scheme is ("http" or "https" or "ws" or "wss"))
                return address;
            throw new ConfigurationException($"{name} is '{value}', which is no address; write for example https://api.example.com.");
        }

        return null;
    }
}
