using Agent.Providers.Settings;
using Agent.Worker.Configuration;

namespace Agent.Tests.Worker.Configuration;

public class WorkerOptionsTests
{
    [Fact]
    public void Check_NumberOutOfRange_NamesSettingValueAndLimits() =>
        Assert.Equal(["Worker:MaxJobs is 0; it has to be 1 to 10,000."], SettingsCheck.Failures(new WorkerOptions { MaxJobs = 0 }, WorkerOptions.Section));

    [Fact]
    public void Check_TimeOutOfRange_NamesSettingValueAndLimits()
    {
        var failures = SettingsCheck.Failures(new WorkerOptions { DrainTimeout = TimeSpan.FromSeconds(-1), CpuLimit = 2 }, WorkerOptions.Section);

        Assert.Equal(["Worker:DrainTimeout is -00:00:01; it has to be 00:00:00 to 1.00:00:00.", "Worker:CpuLimit is 2; it has to be 0.05 to 1."], failures);
    }

    [Fact]
    public void Check_HealthPortOutOfRange_NamesSettingValueAndLimits() =>
        Assert.Equal(["Health:Port is 70,000; it has to be 0 to 65,535."], SettingsCheck.Failures(new HealthOptions { Port = 70_000 }, HealthOptions.Section));

    [Fact]
    public void Check_NoHealthAddress_SaysWhatOneIs() =>
        Assert.Equal(["Health:Address is not set; it has to be an IP address, for example 127.0.0.1 or 0.0.0.0."], SettingsCheck.Failures(new HealthOptions { Address = "" }, HealthOptions.Section));
}
