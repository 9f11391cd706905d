using Agent.LiveKit.Worker.Load;

namespace Agent.Tests.LiveKit.Worker.Load;

public sealed class CpuMeterTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("agent-cpu-");

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public void LinuxMeter_NoLimit_ReadsTheWholeMachine()
    {
        Write("proc/stat", "cpu  100 20 30 800 50 5 5 10 7 0\ncpu0 1 2 3 4 5 6 7 8 9 0\n");
        Write("proc/self/cgroup", "0::/\n");
        Write("groups/cpu.max", "max 100000\n");

        var time = Meter().Read();

        Assert.Equal(1.7, time!.Value.Used, 6);
        Assert.Equal(10.2, time.Value.Capacity, 6);
    }

    [Fact]
    public void LinuxMeter_LimitsOnTheWay_TakesTheTightest()
    {
        Write("proc/self/cgroup", "4:memory:/x\n0::/kube/pod/app\n");
        Write("groups/kube/cpu.max", "800000 100000\n");
        Write("groups/kube/cpu.stat", "usage_usec 1\n");
        Write("groups/kube/pod/cpu.max", "150000 100000\n");
        Write("groups/kube/pod/cpu.stat", "usage_usec 2500000\nuser_usec 1\n");
        Write("groups/kube/pod/app/cpu.max", "max 100000\n");

        var time = Meter().Read();

        Assert.Equal(2.5, time!.Value.Used, 6);
        Assert.Equal(1.5, time.Value.Processors, 6);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0 100000")]
    [InlineData("-5 100000")]
    [InlineData("100000")]
    [InlineData("many 100000\n")]
    public void LinuxMeter_MalformedLimit_CountsAsNone(string limit)
    {
        Write("proc/stat", "cpu  1 0 0 1 0 0 0 0 0 0\n");
        Write("proc/self/cgroup", "0::/\n");
        Write("groups/cpu.max", limit);
        Write("groups/cpu.stat", "usage_usec 1\n");

        Assert.Equal(0.02, Meter().Read()!.Value.Capacity, 6);
    }

    [Theory]
    [InlineData("")]
    [InlineData("intr 5\n")]
    [InlineData("cpu  1 2\n")]
    [InlineData("cpu  a b c d e f g h\n")]
    public void LinuxMeter_UnreadableStatistics_ReadsNothing(string stat)
    {
        Write("proc/stat", stat);

        Assert.Null(Meter().Read());
    }

    [Fact]
    public void SmoothedCpu_ShortPeak_HardlyMovesItAndALongOneDoes()
    {
        var meter = new ScriptedMeter();
        var cpu = new SmoothedCpu(meter, TimeSpan.FromSeconds(5));
        var now = TimeSpan.Zero;
        Step(0, 0.5);
        Step(20, 0.2);
        Assert.Equal(0.2, cpu.Value, 2);

        Step(0.5, 1);
        Assert.InRange(cpu.Value, 0.2, 0.3);
        for (var i = 0; i < 50; i++)
            Step(0.5, 1);
        Assert.InRange(cpu.Value, 0.98, 1);

        void Step(double seconds, double use)
        {
            now += TimeSpan.FromSeconds(seconds);
            meter.Time = new CpuTime(meter.Time.Used + (use * 2 * seconds), double.NaN, 2);
            cpu.Sample(now);
        }
    }

    [Fact]
    public void SmoothedCpu_ReadingsTooCloseOrMissing_AreSkipped()
    {
        var meter = new ScriptedMeter { Time = new CpuTime(0, 0, 1) };
        var cpu = new SmoothedCpu(meter, TimeSpan.Zero);
        cpu.Sample(TimeSpan.Zero);
        meter.Time = new CpuTime(1, 1, 1);
        cpu.Sample(TimeSpan.FromMilliseconds(10));
        Assert.Equal(0, cpu.Value);
        meter.Missing = true;
        cpu.Sample(TimeSpan.FromSeconds(1));
        Assert.Equal(0, cpu.Value);
        meter.Missing = false;
        meter.Time = new CpuTime(1, 2, 1);
        cpu.Sample(TimeSpan.FromSeconds(2));
        Assert.Equal(0.5, cpu.Value, 6);
    }

    [Fact]
    public void ThisMachine_AfterWork_ShowsSome()
    {
        ICpuMeter meter = OperatingSystem.IsLinux() ? new LinuxCpuMeter() : new ProcessCpuMeter();

        Assert.True(meter.Read() is { Used: > 0 });
    }

    private LinuxCpuMeter Meter() => new(Path.Combine(_root.FullName, "proc"), Path.Combine(_root.FullName, "groups"));

    private void Write(string file, string text)
    {
        var path = Path.Combine(_root.FullName, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private sealed class ScriptedMeter : ICpuMeter
    {
        public CpuTime Time { get; set; }

        public bool Missing { get; set; }

        public CpuTime? Read() => Missing ? null : Time;
    }
}
