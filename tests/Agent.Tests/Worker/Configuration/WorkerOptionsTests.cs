using Agent.Worker.Configuration;

namespace Agent.Tests.Worker.Configuration;

public class WorkerOptionsTests
{
    private readonly WorkerOptionsLimits _limits = new();

    [Fact]
    public void Validate_Defaults_Succeeds() => Assert.True(_limits.Validate(null, new WorkerOptions()).Succeeded);

    [Fact]
    public void Validate_NumberOutOfRange_NamesSettingValueAndLimits()
    {
        var result = _limits.Validate(null, new WorkerOptions { MaxJobs = 0 });
        Assert.Contains("Worker:MaxJobs is 0; it has to be 1 to 10,000.", result.FailureMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_TimeOutOfRange_NamesSettingValueAndLimits()
    {
        var result = _limits.Validate(null, new WorkerOptions { DrainTimeout = TimeSpan.FromSeconds(-1), CpuLimit = 2 });
        Assert.Contains("Worker:DrainTimeout is -00:00:01; it has to be 00:00:00 to 1.00:00:00.", result.FailureMessage, StringComparison.Ordinal);
        Assert.Contains("Worker:CpuLimit is 2; it has to be 0.05 to 1.", result.FailureMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_HealthPortOutOfRange_NamesSettingValueAndLimits()
    {
        var result = new HealthOptionsLimits().Validate(null, new HealthOptions { Port = 70_000 });
        Assert.Contains("Health:Port is 70000; it has to be 0 to 65,535.", result.FailureMessage, StringComparison.Ordinal);
    }
}
