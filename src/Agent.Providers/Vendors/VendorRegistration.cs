using Agent.Pipeline.Errors;
using Agent.Providers.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Agent.Providers.Vendors;

/// <summary>Registers a vendor's settings.</summary>
internal static class VendorRegistration
{
    /// <summary>Binds the section <c>Providers:VENDOR</c>; what it leaves open comes from the vendor's usual environment variables.</summary>
    public static IServiceCollection AddVendorOptions<TOptions>(this IServiceCollection services, string section, VendorVariables variables)
        where TOptions : VendorOptions
    {
        services.AddSingleton(variables);
        services.AddSettings<TOptions>($"Providers:{section}")
            .PostConfigure<IConfiguration>((options, configuration) =>
            {
                // A file that holds a key mostly ends with a line break.
                options.ApiKey = (string.IsNullOrWhiteSpace(options.ApiKey) ? First(configuration, variables.ApiKey) : options.ApiKey)?.Trim() ?? "";
                options.BaseUrl = options.BaseUrl is { OriginalString.Length: > 0 } given
                    ? Address($"Providers:{section}:BaseUrl", given.OriginalString)
                    : Address(configuration, variables.BaseUrl);
            });
        return services;
    }

    /// <summary>Requires a key, before anything is connected.</summary>
    /// <exception cref="ConfigurationException">There is none, or it cannot be one.</exception>
    public static void RequireKey(this VendorOptions options, string provider, string section, VendorVariables variables)
    {
        if (options.ApiKey.Length == 0)
            throw new ConfigurationException($"'{provider}' cannot be used: it needs a key. Set the environment variable {variables.ApiKey[0]}, or Providers:{section}:ApiKey in a file that only the worker can read.");
        if (options.ApiKey.AsSpan().ContainsAnyInRange('\0', ' ') || options.ApiKey.AsSpan().ContainsAnyExceptInRange('\0', '~') || options.ApiKey.AsSpan().ContainsAny('"', '\''))
            throw new ConfigurationException($"'{provider}' cannot be used: its key ({variables.ApiKey[0]} or Providers:{section}:ApiKey) holds a character that no key has, such as a space, a line break or a quotation mark.");
    }

    private static string? First(IConfiguration configuration, IReadOnlyList<string> names) =>
        names.Select(name => configuration[name]).FirstOrDefault(value => !string.IsNullOrWhiteSpace(value));

    private static Uri? Address(IConfiguration configuration, IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            if (configuration[name] is { } value && !string.IsNullOrWhiteSpace(value))
                return Address(name, value);
        }

        return null;
    }

    private static Uri Address(string setting, string value) =>
        Uri.TryCreate(value.Trim(), UriKind.Absolute, out var address) && address.Scheme is "http" or "https" or "ws" or "wss"
            ? address
            : throw new ConfigurationException($"{setting} is {SeenText.Of(value)}, which is no address; write for example https://api.example.com.");
}
