using System.Globalization;

namespace Agent.LiveKit.Worker.Load;

/// <summary>
/// CPU use on Linux: of the control group with the tightest limit, where there is one (containers), otherwise of the whole machine. Files: cgroup
/// v2 <c>cpu.max</c> and <c>cpu.stat</c> (kernel documentation, admin-guide/cgroup-v2), <c>/proc/stat</c> (proc(5)).
/// </summary>
internal sealed class LinuxCpuMeter : ICpuMeter
{
    private const double TicksPerSecond = 100; // USER_HZ, the same on every architecture of .NET

    private readonly string _machineStat;
    private readonly string? _groupStat;
    private readonly double _groupProcessors;

    /// <param name="proc">Where the process file system is; <c>/proc</c> outside tests.</param>
    /// <param name="groups">Where the control groups are; <c>/sys/fs/cgroup</c> outside tests.</param>
    public LinuxCpuMeter(string proc = "/proc", string groups = "/sys/fs/cgroup")
    {
        _machineStat = Path.Combine(proc, "stat");
        (_groupStat, _groupProcessors) = FindLimit(proc, groups);
    }

    public CpuTime? Read() => _groupStat is null ? ReadMachine() : ReadGroup();

    private static (string? Stat, double Processors) FindLimit(string proc, string groups)
    {
        // "0::/path": the one line of the unified hierarchy; other lines belong to version 1.
        var path = ReadLines(Path.Combine(proc, "self/cgroup")).FirstOrDefault(line => line.StartsWith("0::/", StringComparison.Ordinal))?[4..];
        string? stat = null;
        var tightest = double.PositiveInfinity;
        while (path is not null)
        {
            var group = Path.Combine(groups, path);
            if (ReadLimit(Path.Combine(group, "cpu.max")) is { } processors && processors < tightest && File.Exists(Path.Combine(group, "cpu.stat")))
                (stat, tightest) = (Path.Combine(group, "cpu.stat"), processors);
            path = path.Length == 0 ? null : Path.GetDirectoryName(path) ?? "";
        }

        return (stat, tightest);
    }

    private static double? ReadLimit(string file)
    {
        // "QUOTA PERIOD" in microseconds, or "max PERIOD" for no limit.
        var parts = ReadLines(file).FirstOrDefault()?.Split(' ');
        return parts is { Length: 2 } && TryParse(parts[0], out var quota) && TryParse(parts[1], out var period) && quota > 0 && period > 0
            ? quota / period
            : null;
    }

    private static string[] ReadLines(string file)
    {
        try
        {
            return File.Exists(file) ? File.ReadAllLines(file) : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static bool TryParse(string text, out double value) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);

    private CpuTime? ReadGroup()
    {
        var usage = ReadLines(_groupStat!).FirstOrDefault(line => line.StartsWith("usage_usec ", StringComparison.Ordinal));
        return usage is not null && TryParse(usage["usage_usec ".Length..], out var microseconds)
            ? new CpuTime(microseconds / 1e6, double.NaN, _groupProcessors)
            : null;
    }

    private CpuTime? ReadMachine()
    {
        // "cpu  user nice system idle iowait irq softirq steal guest guest_nice", in ticks; guest time is within user time.
        var line = ReadLines(_machineStat).FirstOrDefault(text => text.StartsWith("cpu ", StringComparison.Ordinal));
        var fields = line?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields is not { Length: >= 9 })
            return null;
        var ticks = new double[8];
        for (var i = 0; i < ticks.Length; i++)
        {
            if (!TryParse(fields[i + 1], out ticks[i]))
                return null;
        }

        var total = ticks.Sum();
        var idle = ticks[3] + ticks[4];
        return new CpuTime((total - idle) / TicksPerSecond, total / TicksPerSecond, Environment.ProcessorCount);
    }
}
