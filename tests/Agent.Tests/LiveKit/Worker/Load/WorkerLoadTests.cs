using Agent.LiveKit.Worker;
using Agent.LiveKit.Worker.Load;
using Agent.Pipeline.Errors;
using Agent.Protocol;

namespace Agent.Tests.LiveKit.Worker.Load;

public class WorkerLoadTests
{
    [Theory]
    [InlineData(WorkerLoadStrategy.Slots)]
    [InlineData(WorkerLoadStrategy.Cpu)]
    [InlineData(WorkerLoadStrategy.Larger)]
    public void Report_OneSlotLeftAndCpuExhausted_StaysBelowTheServersTarget(WorkerLoadStrategy strategy)
    {
        var load = new WorkerLoad(new WorkerLoadOptions { MaxJobs = 10, Strategy = strategy }) { Cpu = 1 };

        var status = load.Report(9, isDraining: false);

        // At 0.7 the server claims the worker no more, and drops the dispatch if there is no other.
        Assert.Equal(WorkerStatus.WsAvailable, status.Status);
        Assert.InRange(status.Load, 0.5f, 0.699f);
    }

    [Theory]
    [InlineData(WorkerLoadStrategy.Slots, 5, 0.9, 0.5)]
    [InlineData(WorkerLoadStrategy.Cpu, 5, 0.9, 0.9)]
    [InlineData(WorkerLoadStrategy.Larger, 5, 0.9, 0.9)]
    [InlineData(WorkerLoadStrategy.Larger, 5, 0.1, 0.5)]
    public void Report_ByStrategy_ScalesWhatCounts(WorkerLoadStrategy strategy, int slots, double cpu, double busy)
    {
        var load = new WorkerLoad(new WorkerLoadOptions { MaxJobs = 10, Strategy = strategy, ServerTargetLoad = 1 }) { Cpu = cpu };

        Assert.Equal(busy * 0.98, load.Report(slots, isDraining: false).Load, 5);
    }

    [Fact]
    public void Report_SlotsUsedUpOrDrainingOrCpuOverItsLimit_IsFull()
    {
        Assert.Equal(WorkerStatus.WsFull, new WorkerLoad(new WorkerLoadOptions { MaxJobs = 2 }).Report(2, isDraining: false).Status);
        Assert.Equal(WorkerStatus.WsFull, new WorkerLoad(new WorkerLoadOptions { MaxJobs = 2 }).Report(0, isDraining: true).Status);
        Assert.Equal(WorkerStatus.WsFull, new WorkerLoad(new WorkerLoadOptions { CpuLimit = 0.8 }) { Cpu = 0.8 }.Report(0, isDraining: false).Status);
        Assert.Equal(WorkerStatus.WsAvailable, new WorkerLoad(new WorkerLoadOptions { CpuLimit = 0.8 }) { Cpu = 0.79 }.Report(0, isDraining: false).Status);
    }

    [Fact]
    public void Validate_OutOfRange_NamesTheOption()
    {
        Assert.Contains("MaxJobs is 0", Assert.Throws<ConfigurationException>(() => new WorkerLoadOptions { MaxJobs = 0 }.Validate()).Message, StringComparison.Ordinal);
        Assert.Contains("CpuLimit is 1.5", Assert.Throws<ConfigurationException>(() => new WorkerLoadOptions { CpuLimit = 1.5 }.Validate()).Message, StringComparison.Ordinal);
        Assert.Contains("ServerTargetLoad is NaN", Assert.Throws<ConfigurationException>(() => new WorkerLoadOptions { ServerTargetLoad = double.NaN }.Validate()).Message, StringComparison.Ordinal);
        Assert.Contains("Strategy is 7", Assert.Throws<ConfigurationException>(() => new WorkerLoadOptions { Strategy = (WorkerLoadStrategy)7 }.Validate()).Message, StringComparison.Ordinal);
    }
}
