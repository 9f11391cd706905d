using Agent.Providers.Settings;
using Agent.Providers.Vendors;

namespace Agent.Worker.Configuration;

/// <summary>
/// Tells the operator of settings that nothing reads. No error: one configuration may serve workers of several versions while they are rolled out.
/// </summary>
internal sealed class UnknownSettingsReport(
    IConfiguration configuration, IEnumerable<SettingsSection> sections, IEnumerable<VendorVariables> vendors, ILogger<UnknownSettingsReport> logger)
{
    internal void Write()
    {
        var variables = EnvironmentVariableMap.Keys.Keys.Concat(vendors.SelectMany(vendor => vendor.ApiKey.Concat(vendor.BaseUrl)));
        foreach (var (key, meant) in new UnknownSettings([.. sections], variables).In(configuration))
        {
            if (meant is null)
                ConfigurationLog.Unknown(logger, key);
            else
                ConfigurationLog.Mistyped(logger, key, meant);
        }
    }
}
